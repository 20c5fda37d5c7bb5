package org.secolab.repro;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.secolab.foundation.round.Round;
import org.secolab.foundation.secret.Secret;
import org.secolab.protocol.inference.InferenceProtocol;

/** The rules of DESIGN.md that a machine can check. */
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.secolab");

  @Test
  void enoughClasses_wereLookedAt() {
    Map.of(
            "org.secolab.foundation", 30,
            "org.secolab.lattice", 30,
            "org.secolab.mpcgc", 30,
            "org.secolab.modelio", 30,
            "org.secolab.protocol", 20,
            "org.secolab.repro", 5)
        .forEach(
            (root, least) -> {
              long found =
                  CLASSES.stream().filter(c -> c.getPackageName().startsWith(root)).count();
              assertTrue(found >= least, root + ": expected " + least + " classes, got " + found);
            });
  }

  @Test
  void modules_onlyLookDown() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("repro")
        .definedBy("org.secolab.repro..")
        .layer("protocol")
        .definedBy("org.secolab.protocol..")
        .layer("lattice")
        .definedBy("org.secolab.lattice..")
        .layer("mpc-gc")
        .definedBy("org.secolab.mpcgc..")
        .layer("model-io")
        .definedBy("org.secolab.modelio..")
        .layer("foundation")
        .definedBy("org.secolab.foundation..")
        .whereLayer("repro")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("protocol")
        .mayOnlyBeAccessedByLayers("repro")
        .whereLayer("lattice")
        .mayOnlyBeAccessedByLayers("protocol", "repro")
        .whereLayer("mpc-gc")
        .mayOnlyBeAccessedByLayers("protocol", "repro")
        .whereLayer("model-io")
        .mayOnlyBeAccessedByLayers("protocol", "repro")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("org.secolab.modelio..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.secolab.foundation..")
        .check(CLASSES);
  }

  @Test
  void packages_formNoCycles() {
    for (String module :
        new String[] {"foundation", "lattice", "mpcgc", "modelio", "protocol", "repro"}) {
      slices().matching("org.secolab." + module + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }
  }

  @Test
  void randomness_isNeverHidden() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.secolab.foundation.random..")
        .should()
        .callConstructor(SecureRandom.class)
        .orShould()
        .callMethod(SecureRandom.class, "getInstanceStrong")
        .orShould()
        .callMethod(SecureRandom.class, "getInstance", String.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocalRandom.class)
        .orShould()
        .callConstructor(Random.class)
        .orShould()
        .callConstructor(Random.class, long.class)
        .orShould()
        .callMethod(Math.class, "random")
        .check(CLASSES);
  }

  @Test
  void secretsAndRounds_areFinalClassesAndNoRecords() {
    classes()
        .that()
        .areAssignableTo(Secret.class)
        .or()
        .areAssignableTo(Round.class)
        .and()
        .areNotInterfaces()
        .should()
        .notBeAssignableTo(Record.class)
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLine_prints() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.secolab.repro.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  /** Nothing that runs an inference can reach what leaves a guard out. */
  @Test
  void weakenedVariants_areReachedByTheAttackCommandOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.secolab.protocol.adversary..")
        .and()
        .doNotHaveFullyQualifiedName("org.secolab.repro.cli.AttackCommand")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.secolab.protocol.adversary..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("org.secolab.protocol.adversary..")
        .should()
        .beAssignableTo(InferenceProtocol.class)
        .check(CLASSES);
    assertTrue(
        InferenceProtocol.all().stream()
            .noneMatch(p -> p.getClass().getPackageName().contains("adversary")),
        "no protocol that can be chosen comes from the laboratory");
  }
}
