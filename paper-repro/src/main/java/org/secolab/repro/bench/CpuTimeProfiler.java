package org.secolab.repro.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * CPU time of the JVM's Java threads per operation: the smallest over all iterations. The process's
 * CPU time would count collector and compiler too, but in steps of 10 ms.
 */
public final class CpuTimeProfiler implements InternalProfiler {
  static final String RESULT = "cpu";

  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private Map<Long, Long> before = Map.of();

  @Override
  public String getDescription() {
    return "CPU time of Java threads per operation";
  }

  private Map<Long, Long> cpuTimes() {
    long[] ids = threads.getAllThreadIds();
    long[] nanos = threads.getThreadCpuTime(ids);
    Map<Long, Long> times = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      times.put(ids[i], Math.max(0, nanos[i])); // −1 for a thread that is gone
    }
    return times;
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = cpuTimes();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    long spent = 0;
    for (Map.Entry<Long, Long> entry : cpuTimes().entrySet()) {
      spent += Math.max(0, entry.getValue() - before.getOrDefault(entry.getKey(), 0L));
    }
    double perOperation = spent / (double) result.getMetadata().getAllOps();
    return List.of(new ScalarResult(RESULT, perOperation, "ns/op", AggregationPolicy.MIN));
  }
}
