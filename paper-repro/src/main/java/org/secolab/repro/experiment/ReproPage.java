package org.secolab.repro.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.secolab.modelio.graph.ModelFormatException;
import org.secolab.repro.report.Page;
import org.secolab.repro.report.Section;

/** The page of {@code seco repro}. */
public final class ReproPage {
  private ReproPage() {}

  /** Lets every experiment say what it found. */
  public static Page of(List<Experiment> experiments, Scale scale, Runs runs)
      throws ModelFormatException {
    List<Section> sections = new ArrayList<>();
    for (Experiment experiment : experiments) {
      sections.add(experiment.section(scale, runs));
    }
    List<String> notices = new ArrayList<>();
    if (scale == Scale.SMALL) {
      notices.add(PaperExperiments.smallNotice(scale));
    }
    List<String> wrong =
        runs.all().stream()
            .filter(run -> !run.equalsPlaintext())
            .map(run -> run.point().id())
            .toList();
    if (!wrong.isEmpty()) {
      notices.add("DIFFERENT FROM PLAINTEXT, which must never happen: " + wrong);
    }
    return new Page(
        "SECO reproduced: ours beside the printed figures", subtitle(runs), notices, sections);
  }

  private static String subtitle(Runs runs) {
    return runs.all().size()
        + " runs, each equal to plaintext bit for bit unless said otherwise. "
        + runs.all().stream()
            .map(run -> run.provenance())
            .map(p -> p.machine() + ", JDK " + p.jdk() + ", commit " + p.commit())
            .distinct()
            .collect(Collectors.joining("; "));
  }
}
