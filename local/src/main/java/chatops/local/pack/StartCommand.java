package chatops.local.pack;

import chatops.local.host.ProductFunction;
import chatops.runtime.Bootstrap;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How a function's Java is started in its folder, with or without its archive of loaded classes: an AOT cache from Java 25
 * on, an AppCDS archive before. Both belong to the very Java and jars they were made with, in the same order.
 *
 * @param jars in the order of the class path
 */
record StartCommand(ProductFunction function, Jdk jdk, List<String> jars) {
  private static final int FIRST_AOT = 25;
  private static final int UNSAFE_WARNS = 24;

  /**
   * What Front's first answer gains by (benchmarks/README.md has the figures): code is compiled when it is used, not because it may be,
   * and a thread does not begin a huge page of the heap for its first few objects. Execution runs so much more code that it is slower
   * for it.
   */
  private static final List<String> FRONT = List.of(
      "-XX:Tier3InvocationThreshold=2000",
      "-XX:Tier3MinInvocationThreshold=1000",
      "-XX:Tier3CompileThreshold=3000",
      "-XX:TLABSize=64k");

  StartCommand {
    jars = List.copyOf(jars);
  }

  boolean isAot() {
    return jdk.major() >= FIRST_AOT;
  }

  /** The archive's file in the function's folder. */
  String archive() {
    return isAot() ? "app.aot" : "app.jsa";
  }

  /**
   * The time that the jars must bear while the archive is made. An AOT cache may be refused where a jar has another time
   * than then, so they get one that the zip can carry; Java 17 compares no time where it noted none.
   */
  FileTime jarTime() {
    return isAot() ? FunctionZip.TIME : FileTime.fromMillis(0);
  }

  /** As it ships: the archive is used where it fits, and ignored without a word where it does not. */
  List<String> shipped() {
    // nothing was recorded for the thread that would compile what training found hot; it costs 12
    // ms to find that out
    return isAot()
        ? java(
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-AOTReplayTraining",
            "-XX:AOTCache=" + archive(),
            "-Xlog:aot*=off",
            "-Xlog:cds*=off")
        : java("-XX:SharedArchiveFile=" + archive(), "-Xlog:cds*=off");
  }

  /** Options that make the start fail where the archive is not used. */
  List<String> strict() {
    return List.of(isAot() ? "-XX:AOTMode=on" : "-Xshare:on");
  }

  /** @param record takes what is loaded, when the process ends */
  List<String> training(Path record, List<String> more) {
    List<String> options = new ArrayList<>(more);
    if (isAot()) {
      // what was hot in training would be compiled at once, before anybody is answered
      options.add("-XX:+UnlockDiagnosticVMOptions");
      options.add("-XX:-AOTRecordTraining");
      options.add("-XX:AOTMode=record");
      options.add("-XX:AOTConfiguration=" + record);
    } else {
      options.add("-Xshare:auto");
      options.add("-XX:DumpLoadedClassList=" + record);
    }
    return java(options.toArray(String[]::new));
  }

  /** Makes the archive of what was recorded. */
  List<String> archiving(Path record) {
    return isAot()
        ? java(
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-AOTRecordTraining",
            "-XX:AOTMode=create",
            "-XX:AOTConfiguration=" + record,
            "-XX:AOTCache=" + archive())
        : java(
            "-Xshare:dump",
            "-XX:SharedClassListFile=" + record,
            "-XX:SharedArchiveFile=" + archive());
  }

  /** The file that Function Compute starts. */
  String bootstrap() {
    return "#!/bin/sh\n"
        + "# Starts " + function.id() + " with the Java beside it. Made by ./chatops package.\n"
        + "case $0 in */*) cd \"${0%/*}\" || exit 2 ;; esac\n"
        + keptTimes()
        + "exec " + String.join(" ", shipped()) + "\n";
  }

  /** Whoever unpacked the zip may not have kept its times; this file is packed newer than the jars and before them. */
  private String keptTimes() {
    return isAot()
        ? "[ lib/" + jars.get(0) + " -ot bootstrap ] || touch -d @"
            + FunctionZip.TIME.to(TimeUnit.SECONDS) + " lib/*.jar 2>/dev/null\n"
        : "";
  }

  private List<String> java(String... options) {
    List<String> command = new ArrayList<>();
    command.add("jre/bin/java");
    command.addAll(options());
    command.addAll(List.of(options));
    command.add("-cp");
    command.add("lib/" + String.join(":lib/", jars));
    command.add(Bootstrap.class.getName());
    command.add(function.handler());
    return command;
  }

  private List<String> options() {
    List<String> options = new ArrayList<>();
    options.add("-XX:+UseSerialGC");
    options.add("-XX:TieredStopAtLevel=1");
    options.add("-XX:-UsePerfData");
    // reflection by method handles would have the JDK write classes for it, which no archive holds
    options.add("-Djdk.reflect.useNativeAccessorOnly=true");
    // the Date header of the JDK's server takes its English names from the root locale, not from
    // all that CLDR knows
    options.add("-Djava.locale.providers=SPI");
    // the heap's first pages come in one piece
    options.add("-XX:+UseTransparentHugePages");
    if (function == ProductFunction.FRONT) {
      options.addAll(FRONT);
    }
    if (function == ProductFunction.EXECUTION) {
      options.add("-XX:MaxRAMPercentage=75");
      if (jdk.major() >= UNSAFE_WARNS) {
        options.add(
            "--sun-misc-unsafe-memory-access=allow"); // the Tablestore SDK's protobuf asks for it
      }
    }
    return options;
  }
}
