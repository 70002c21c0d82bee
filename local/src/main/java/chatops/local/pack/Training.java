package chatops.local.pack;

import chatops.chat.Language;
import chatops.chat.render.Message.Mark;
import chatops.cloudsim.CloudSim;
import chatops.cloudsim.ecs.Pace;
import chatops.cloudsim.slack.SlackMessage;
import chatops.local.host.Cast;
import chatops.local.host.DataDirectory;
import chatops.local.host.Hosting;
import chatops.local.host.Machine;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a day brings, in a few seconds: commands, buttons, links and forgeries, from the signed request to the result in the
 * chat, against a simulated cloud and Tablestore. What the functions load for it, their archives hold.
 */
final class Training {
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final Pattern LINK =
      Pattern.compile("http://[^\\s|>\"]+/approvals/[A-Za-z0-9._~-]+");
  private static final List<Mark> BAD =
      List.of(Mark.FAILED, Mark.CANCELLED, Mark.REFUSED, Mark.UNSURE);
  private static final int ATTEMPTS = 5;

  private final Hosting hosting;
  private final Path templates;

  Training(Hosting hosting, Path templates) {
    this.hosting = hosting;
    this.templates = templates;
  }

  /** @throws PackException when a result is not what a sound product gives */
  void run() throws IOException {
    try (DataDirectory directory = DataDirectory.temporary();
        Machine machine = Machine.start(new Machine.Plan(
            directory,
            Language.EN,
            3,
            templates,
            null,
            hosting,
            Machine.Store.TABLESTORE,
            Pace.of(Duration.ofMillis(300))))) {
      play(machine);
    } catch (IOException | PackException e) {
      throw e;
    } catch (Exception e) {
      throw new PackException("the training did not end well: " + e, e);
    }
  }

  private static void play(Machine machine) throws IOException, InterruptedException {
    CloudSim cloud = machine.cloud();
    cloud.functions().timer("chatops-execution", "sweep", Duration.ofSeconds(2), "sweep");
    get(machine.frontUrl().resolve("/healthz"));
    type(machine, "/oos help");
    type(machine, "/oos whoami");
    type(machine, "/ecs strat web-1");
    expect(machine, "/ecs status name:web-*", Mark.SUCCESS);
    expect(machine, "/ecs start i-bp1demobatch00000001", Mark.SUCCESS);
    expect(machine, "/ecs stop i-bp1demobatch00000001", Mark.SUCCESS);
    forged(machine);
    cloud.dingTalk().say(Cast.GROUP, Cast.ANN.dingtalk(), "/ecs status i-bp1demodb00000000001");
    SlackMessage buttons = ask(machine);
    Matcher link = LINK.matcher(buttons.blocks().toString());
    if (link.find()) {
      get(URI.create(link.group()));
    }
    long before = newest(machine);
    cloud.slack().click(Cast.BO.slack(), buttons, "approve");
    await(
        machine, before, message -> starts(message, Mark.SUCCESS), "the end of what was approved");
    expect(machine, "/oos list", Mark.NOTE);
  }

  /** A cold function on a busy machine may miss a deadline of the chat's: what matters here is that all of it ran. */
  private static void expect(Machine machine, String line, Mark mark) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      long before = newest(machine);
      type(machine, line);
      SlackMessage end = await(
          machine,
          before,
          message -> starts(message, mark) || BAD.stream().anyMatch(bad -> starts(message, bad)),
          "the end of " + line);
      if (starts(end, mark)) {
        return;
      }
      if (attempt == ATTEMPTS) {
        throw new PackException("training: the end of " + line + " was: " + end.text());
      }
    }
  }

  static SlackMessage ask(Machine machine) throws InterruptedException {
    long before = newest(machine);
    type(
        machine,
        "/oos run ECS-BulkRebootInstancesWithApproval 'targets={\"Type\":\"ResourceIds\",\"RegionId\":\"cn-hangzhou\","
            + "\"ResourceIds\":[\"i-bp1demoweb00000000001\"]}' 'rateControl={\"Mode\":\"Concurrency\",\"Concurrency\":1,"
            + "\"MaxErrors\":0}' webHookUrl=" + machine.robotWebHook());
    return await(
        machine,
        before,
        message -> message.blocks().toString().contains("\"approve\""),
        "the message that asks for the approval");
  }

  private static void forged(Machine machine) {
    machine
        .cloud()
        .slack()
        .forgedCommand(
            Cast.ANN.slack(),
            Cast.OPERATIONS,
            "/ecs stop web-1",
            "no-such-signing-secret",
            InstantSource.system().instant());
  }

  static void type(Machine machine, String line) {
    machine.cloud().slack().command(Cast.ANN.slack(), Cast.OPERATIONS, line);
  }

  static SlackMessage await(
      Machine machine, long after, Predicate<SlackMessage> wanted, String what)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Optional<SlackMessage> found = machine.cloud().slack().channels().since(after).stream()
          .filter(wanted)
          .findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      Thread.sleep(20);
    }
    throw new PackException(
        "training: " + what + " did not come within " + PATIENCE.toSeconds() + " s");
  }

  private static boolean starts(SlackMessage message, Mark mark) {
    return message.text().startsWith(mark.sign());
  }

  static long newest(Machine machine) {
    return machine.cloud().slack().channels().since(0).stream()
        .mapToLong(SlackMessage::number)
        .max()
        .orElse(0);
  }

  /** The message with a link goes out just before what the link shows is stored. */
  private static void get(URI address) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    int status = 0;
    while (status != 200 && System.nanoTime() < end) {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      status = connection.getResponseCode();
      if (status != 200) {
        Thread.sleep(100);
      }
    }
    if (status != 200) {
      throw new PackException("training: GET "
          + address.getPath().replaceFirst("(/approvals/).*", "$1…") + " answered " + status);
    }
  }
}
