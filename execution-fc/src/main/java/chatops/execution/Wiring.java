package chatops.execution;

import chatops.chat.fc.FunctionClient;
import chatops.chat.link.LinkKey;
import chatops.chat.link.PersonalLinks;
import chatops.chat.reply.Seal;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.LiveRights;
import chatops.chat.slack.SlackClient;
import chatops.chat.text.Texts;
import chatops.chat.url.UrlGuard;
import chatops.engine.Engine;
import chatops.engine.audit.UnreadTrails;
import chatops.engine.catalog.BundledCatalog;
import chatops.engine.catalog.DirectoryCatalog;
import chatops.engine.catalog.LayeredCatalog;
import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.execution.Waits;
import chatops.engine.notice.Notice;
import chatops.engine.run.Ports;
import chatops.engine.run.Settings;
import chatops.engine.run.Templates;
import chatops.engine.share.LastSweep;
import chatops.engine.store.ExecutionStore;
import chatops.execution.aliyun.AliyunCloudApi;
import chatops.execution.aliyun.AllowedRegions;
import chatops.execution.aliyun.SdkClients;
import chatops.execution.aliyun.ServiceTable;
import chatops.execution.aliyun.StsAssumption;
import chatops.execution.form.Forms;
import chatops.execution.notify.ChatNotifier;
import chatops.execution.notify.Digests;
import chatops.execution.notify.DingTalkApi;
import chatops.execution.notify.DingTalkCardPosts;
import chatops.execution.notify.DingTalkPosts;
import chatops.execution.notify.DingTalkReplies;
import chatops.execution.notify.GuardedOutbound;
import chatops.execution.notify.Pause;
import chatops.execution.notify.Replies;
import chatops.execution.notify.SlackReplies;
import chatops.execution.notify.SlackWebApi;
import chatops.execution.notify.Windows;
import chatops.execution.page.ExecutionLists;
import chatops.execution.page.Timelines;
import chatops.execution.scaling.ActivityCards;
import chatops.execution.scaling.ActivityMessages;
import chatops.execution.scaling.Hooks;
import chatops.execution.sealed.SealedStore;
import chatops.execution.sts.FunctionRole;
import chatops.execution.sts.SessionNames;
import chatops.execution.sts.StsCredentials;
import chatops.fc2.FunctionClients;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** How the parts of the function meet: plain constructors, from the bottom up. */
final class Wiring implements AutoCloseable {
  private static final List<String> REPLY_HOSTS =
      List.of("hooks.slack.com", "slack.com", "oapi.dingtalk.com", "api.dingtalk.com");

  /** Executions mostly wait for the cloud, so a sweep of several costs little more than a sweep of one. */
  private static final int SWEEPERS = 4;

  private final InstantSource clock = InstantSource.system();
  private final FunctionRole role = new FunctionRole(clock);
  private final Seal seal;
  private final ExecutionStore store;
  private final Templates templates;
  private final SdkClients clients;
  private final ExecutorService workers = Executors.newCachedThreadPool(Wiring::daemon);
  private final Engine engine;
  private final Sweeping sweeping;
  private final Inbox inbox;

  /** @param self null for the function itself, through Function Compute */
  Wiring(Deployment deployment, @Nullable FunctionClient self) {
    Log log = new Log(System.out, clock);
    seal = deployment.seal();
    // the two slow parts of a start side by side: the store's client, and what needs no store
    Aside<ExecutionStore> opening =
        Aside.start("store", () -> Stores.open(deployment, role, clock));
    Texts texts = new Texts();
    TemplateCatalog catalog = new LayeredCatalog(
        List.of(new DirectoryCatalog(deployment.templates()), new BundledCatalog()));
    templates = Templates.of(catalog);
    ServiceTable services = new ServiceTable(deployment.endpoints(), deployment.accountId());
    clients = new SdkClients();
    store = new SealedStore(opening.result(), seal);
    LiveRights rights =
        FollowedRights.of(deployment, this::key, new LastRights(store.shared(), log), clock, log);
    People people = new People(rights);
    LinkKey linkKey = deployment.linkKey();
    PageLinks links = new PageLinks(deployment.url(), linkKey, clock);

    UrlGuard replyGuard = UrlGuard.of(REPLY_HOSTS, deployment.isLoopbackAllowed());
    SlackClient slack = slack(deployment, replyGuard);
    Pause pause = time -> Thread.sleep(time.toMillis());
    DingTalkApi dingtalk = dingtalk(deployment, replyGuard);
    Digests digests = new Digests(
        store.shared(),
        seal,
        new DingTalkPosts(
            replyGuard,
            deployment.dingTalkRobotSecret(),
            deployment.dingTalkRobotKeyword(),
            dingtalk,
            clock),
        clock,
        new UndeliveredLog(store, log));
    Replies replies = new Replies(
        seal,
        new SlackReplies(
            replyGuard,
            slack == null ? null : new SlackWebApi(slack, clock, pause),
            deployment.slackWebhookUrl(),
            clock,
            pause),
        new DingTalkReplies(
            dingtalk == null ? null : new DingTalkCardPosts(dingtalk, linkKey, rights, clock),
            digests,
            rights,
            dingtalk != null,
            deployment.dingTalkRobots(),
            clock));
    Windows windows = new Windows(slack, texts, pause);
    Answers answers = new Answers(texts, replies, windows, log);
    StsCredentials credentials = new StsCredentials(
        () -> roles(rights.current().configuration()),
        rights.current().configuration().operations().sessionsPerSecond(),
        new StsAssumption(services, clients, role, deployment.regionId()),
        clock,
        System::nanoTime);
    SelfInvoker invoker = new SelfInvoker(self == null ? client(deployment) : self, clock, log);

    ActivityCards cards = new ActivityCards(
        store.shared(), this::engine, replies, new ActivityMessages(texts), clock);
    engine = new Engine(
        new Ports(
            store,
            templates,
            new AllowedRegions(
                new AliyunCloudApi(services, clients, clock, credentials::forget),
                () -> rights.current().configuration().regions().allowed()),
            credentials,
            new GuardedOutbound(
                UrlGuard.of(
                    () -> rights.current().configuration().outbound().hosts(),
                    deployment.isLoopbackAllowed()),
                deployment.dingTalkRobotSecret(),
                digests,
                clock),
            new ChatNotifier(
                replies,
                texts,
                links,
                rights,
                !deployment.slackBotToken().isEmpty(),
                notice -> show(cards, notice)),
            invoker,
            links,
            clock,
            System::nanoTime,
            Waits.real(clock),
            workers),
        Settings.defaults()
            .withAccount(deployment.accountId())
            .withSweepers(SWEEPERS)
            .withPolicies(new ConfiguredPolicies(rights))
            .withRetention(deployment.configuration().operations().retention())
            .withAuditRetention(deployment.configuration().operations().auditRetention())
            .withRequesterMayApprove(
                rights.current().configuration().approvals().general().requesterMayApprove()),
        UUID.randomUUID().toString());

    sweeping = new Sweeping(
        engine,
        digests,
        cards,
        new LastSweep(store.shared()),
        new UnreadTrails(store.shared()),
        clock,
        log);
    Deciding deciding = new Deciding(rights, engine, answers, people, clock);
    inbox = new Inbox(
        store,
        rights,
        engine,
        answers,
        new Starting(rights, engine, answers, people, new Forms(catalog, templates)),
        new Looking(rights, engine, answers, clock),
        deciding,
        new Answering(rights, engine, answers, people),
        new Ordering(rights, engine, answers, people),
        new Freezing(engine, answers, people, clock, log),
        new ApprovalViews(rights, engine, answers, clock),
        new Hooks(() -> rights.current().configuration(), engine, seal, cards, log::line, clock),
        new Timelines(rights, engine, texts, clock),
        new ExecutionLists(rights, engine, texts, clock),
        new PersonalLinks(linkKey, deployment.url(), texts, clock),
        sweeping,
        invoker,
        clock,
        log);
  }

  /** Null where robots answer by their web hooks alone. */
  private @Nullable DingTalkApi dingtalk(Deployment deployment, UrlGuard guard) {
    boolean hasApplication = !deployment.dingTalkAppKey().isEmpty()
        && !deployment.dingTalkAppSecret().isEmpty();
    return hasApplication
        ? new DingTalkApi(
            guard,
            deployment.dingTalkApiUrl(),
            deployment.dingTalkAppKey(),
            deployment.dingTalkAppSecret(),
            clock)
        : null;
  }

  private Engine engine() {
    return engine;
  }

  private static boolean show(ActivityCards cards, Notice notice) {
    Notice.Envelope envelope = notice.envelope();
    if (!ActivityCards.isCarded(envelope.origin())) {
      return false;
    }
    cards.show(envelope.execution(), envelope.origin());
    return true;
  }

  private static @Nullable SlackClient slack(Deployment deployment, UrlGuard guard) {
    return deployment.slackBotToken().isEmpty()
        ? null
        : new SlackClient(guard, deployment.slackApiUrl(), deployment.slackBotToken());
  }

  private static StsCredentials.Roles roles(Configuration configuration) {
    return new StsCredentials.Roles(
        configuration.roles().initial(),
        configuration.roles().allowed(),
        configuration.operations().sessionsPerPerson()
            ? SessionNames.PER_PERSON
            : SessionNames.PER_EXECUTION);
  }

  private FunctionClient.Key key() {
    FunctionRole.Keys keys = role.current();
    return new FunctionClient.Key(keys.accessKeyId(), keys.accessKeySecret(), keys.securityToken());
  }

  private FunctionClient client(Deployment deployment) {
    return FunctionClients.fromEnvironment(deployment.environment(), this::key);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "execution-worker");
    thread.setDaemon(true);
    return thread;
  }

  /** Makes on another thread what the first call of a template will need, while the first event is on its way. */
  void prepare() {
    Thread thread = daemon(() -> {
      clients.prepare();
      templates.prepare();
    });
    thread.setName("prepare");
    thread.start();
  }

  FunctionRole role() {
    return role;
  }

  Seal seal() {
    return seal;
  }

  Sweeping sweeping() {
    return sweeping;
  }

  Inbox inbox() {
    return inbox;
  }

  InstantSource clock() {
    return clock;
  }

  @Override
  public void close() {
    workers.shutdown();
    store.close();
  }
}
