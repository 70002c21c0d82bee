package chatops.local.cli;

import chatops.engine.EngineException;
import chatops.engine.audit.Anchors;
import chatops.engine.audit.Verification;
import chatops.engine.id.ExecutionId;
import chatops.engine.store.ExecutionStore;
import chatops.local.audit.AuditExport;
import java.io.PrintStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks and hands out the audit trails of a store. Both only read. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    description = {
      "Checks or hands out the audit trails of a store: who asked for what, who decided, which calls left and what came of them.",
      "docs/audit.md tells what a record says and what the hashes prove."
    },
    footerHeading = "%nExit status:%n",
    footer = {
      "  0  every trail is as it was written",
      "  1  one is not, or the store cannot be read; the message tells which record",
      "  2  the command line is wrong"
    })
final class AuditCommand {
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  AuditCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Names the first broken record of every trail, and every broken anchor.")
  int verify(
      @Mixin StoreChoice store,
      @Option(names = "--execution", paramLabel = "ID", description = "Only this execution.")
          @Nullable
          String execution,
      @Option(
              names = "--anchor",
              paramLabel = "HASH",
              description = {
                "An anchor's hash that was noted outside the store: the function's log has one a day.",
                "It must be the hash of one of the anchors."
              })
          @Nullable
          String anchor) {
    try (ExecutionStore opened = store.open(environment)) {
      Verification.Report report = new Verification(opened).run(id(execution));
      for (Verification.Problem problem : report.problems()) {
        String where = problem.execution().isEmpty()
            ? "anchor " + problem.record()
            : problem.execution() + ": record " + problem.record();
        out.println(where + ": " + problem.why());
      }
      boolean isAnchored = anchor == null || isAnchor(anchor, new Anchors(opened.shared()));
      if (!isAnchored) {
        out.println(
            "anchor " + anchor + ": no anchor has this hash; the anchors were written anew");
      }
      if (report.skipped() > 0) {
        err.println(
            report.skipped()
                + " executions cannot be read here: they are of a newer program, or sealed with a key that CHATOPS_SEAL_KEYS does not have");
      }
      if (!report.newest().isEmpty()) {
        out.println("newest anchor: " + report.newest());
      }
      int broken = report.problems().size() + (isAnchored ? 0 : 1);
      out.println("audit: " + report.executions() + " executions, " + report.records()
          + " records, " + report.anchors() + " anchors, " + broken + " broken");
      return broken == 0 ? 0 : Chatops.WRONG;
    } catch (EngineException failed) {
      throw new CommandFailure(String.valueOf(failed.getMessage()));
    }
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Writes records to standard output, executions in order of their ids.")
  int export(
      @Mixin StoreChoice store,
      @Option(names = "--execution", paramLabel = "ID", description = "Only this execution.")
          @Nullable
          String execution,
      @Option(
              names = "--from",
              paramLabel = "TIME",
              description = "Records from this instant on: 2026-11-20 or 2026-11-20T08:00:00Z.")
          @Nullable
          String from,
      @Option(names = "--to", paramLabel = "TIME", description = "Records before this instant.")
          @Nullable
          String to,
      @Option(
              names = "--format",
              paramLabel = "FORMAT",
              defaultValue = "json",
              description = {
                "json: one object a line, with the record's text as its hash is of it;",
                "csv: for a spreadsheet. Default: ${DEFAULT-VALUE}."
              })
          AuditExport.Format format) {
    try (ExecutionStore opened = store.open(environment)) {
      AuditExport export =
          new AuditExport(out, format, instant("--from", from), instant("--to", to));
      int broken = export.write(opened, id(execution));
      out.flush();
      err.println(
          "audit: " + export.count() + " records of " + export.executions() + " executions");
      if (broken > 0) {
        err.println(broken + " trails are broken: ./chatops audit verify tells where");
      }
      return broken == 0 ? 0 : Chatops.WRONG;
    } catch (EngineException failed) {
      throw new CommandFailure(String.valueOf(failed.getMessage()));
    }
  }

  private static boolean isAnchor(String hash, Anchors anchors) {
    for (long number = anchors.newest(); number > 0; number--) {
      if (anchors.find(number).map(anchor -> anchor.hash().equals(hash)).orElse(false)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable ExecutionId id(@Nullable String text) {
    try {
      return text == null ? null : new ExecutionId(text);
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailure("--execution " + text + ": expected an id such as exec-…");
    }
  }

  private static @Nullable Instant instant(String option, @Nullable String text) {
    if (text == null) return null;
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException wrong) {
      throw new CommandFailure(option + " " + text
          + ": expected a day such as 2026-11-20 or an instant such as 2026-11-20T08:00:00Z");
    }
  }
}
