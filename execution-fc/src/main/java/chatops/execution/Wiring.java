package chatops.execution;

import chatops.chat.fc.FunctionClient;
import chatops.chat.link.LinkKey;
import chatops.chat.reply.Seal;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.Rights;
import chatops.chat.text.Texts;
import chatops.chat.url.UrlGuard;
import chatops.engine.Engine;
import chatops.engine.catalog.BundledCatalog;
import chatops.engine.catalog.DirectoryCatalog;
import chatops.engine.catalog.LayeredCatalog;
import chatops.engine.catalog.TemplateCatalog;
import chatops.engine.execution.Waits;
import chatops.engine.expression.function.Functions;
import chatops.engine.jq.Jq;
import chatops.engine.run.Ports;
import chatops.engine.run.Settings;
import chatops.engine.run.Templates;
import chatops.engine.store.ExecutionStore;
import chatops.engine.template.TemplateParser;
import chatops.execution.aliyun.AliyunCloudApi;
import chatops.execution.aliyun.AllowedRegions;
import chatops.execution.aliyun.SdkClients;
import chatops.execution.aliyun.ServiceTable;
import chatops.execution.aliyun.StsAssumption;
import chatops.execution.notify.ChatNotifier;
import chatops.execution.notify.DingTalkReplies;
import chatops.execution.notify.GuardedOutbound;
import chatops.execution.notify.Replies;
import chatops.execution.notify.SlackReplies;
import chatops.execution.notify.SlackWebApi;
import chatops.execution.sts.FunctionRole;
import chatops.execution.sts.StsCredentials;
import chatops.fc2.FunctionClients;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** How the parts of the function meet: plain constructors, from the bottom up. */
final class Wiring implements AutoCloseable {
  private static final List<String> REPLY_HOSTS =
      List.of("hooks.slack.com", "slack.com", "oapi.dingtalk.com", "api.dingtalk.com");

  /** Executions mostly wait for the cloud, so a sweep of several costs little more than a sweep of one. */
  private static final int SWEEPERS = 4;

  private final InstantSource clock = InstantSource.system();
  private final FunctionRole role = new FunctionRole(clock);
  private final ExecutionStore store;
  private final ExecutorService workers = Executors.newCachedThreadPool(Wiring::daemon);
  private final Inbox inbox;

  Wiring(Deployment deployment) {
    Configuration configuration = deployment.configuration();
    Log log = new Log(System.out, clock);
    Texts texts = new Texts();
    Rights rights = new Rights(configuration);
    People people = new People(configuration);
    PageLinks links = new PageLinks(deployment.url(), new LinkKey(deployment.linkKey()), clock);

    UrlGuard replyGuard = UrlGuard.of(REPLY_HOSTS, deployment.isLoopbackAllowed());
    Replies replies = new Replies(
        new Seal(deployment.sealKeys()),
        slack(deployment, replyGuard),
        new DingTalkReplies(replyGuard, clock));
    Answers answers = new Answers(texts, replies, log);

    ServiceTable services = new ServiceTable(deployment.endpoints(), deployment.accountId());
    SdkClients clients = new SdkClients();
    StsCredentials credentials = new StsCredentials(
        configuration.roles().allowed(),
        configuration.roles().initial(),
        new StsAssumption(services, clients, role, deployment.regionId()),
        clock);
    SelfInvoker invoker = new SelfInvoker(client(deployment), clock, log);

    store = Stores.open(deployment, role, clock);
    Engine engine = new Engine(
        new Ports(
            store,
            templates(deployment),
            new AllowedRegions(
                new AliyunCloudApi(services, clients, credentials::forget),
                configuration.regions().allowed()),
            credentials,
            new GuardedOutbound(
                UrlGuard.of(configuration.outbound().hosts(), deployment.isLoopbackAllowed()),
                deployment.dingTalkRobotSecret(),
                clock),
            new ChatNotifier(
                replies,
                texts,
                links,
                !deployment.slackBotToken().isEmpty(),
                new UndeliveredLog(store)),
            invoker,
            links,
            clock,
            System::nanoTime,
            Waits.real(clock),
            workers),
        Settings.defaults()
            .withAccount(deployment.accountId())
            .withSweepers(SWEEPERS)
            .withRequesterMayApprove(configuration.approvals().requesterMayApprove()),
        UUID.randomUUID().toString());

    Deciding deciding = new Deciding(rights, engine, answers, people);
    inbox = new Inbox(
        store,
        rights,
        engine,
        answers,
        new Starting(configuration, rights, engine, answers, people),
        new Looking(engine, answers, clock),
        deciding,
        new ApprovalViews(rights, engine, answers, clock),
        invoker,
        clock,
        log);
  }

  private SlackReplies slack(Deployment deployment, UrlGuard guard) {
    SlackWebApi web = deployment.slackBotToken().isEmpty()
        ? null
        : new SlackWebApi(guard, deployment.slackApiUrl(), deployment.slackBotToken());
    return new SlackReplies(guard, web, clock);
  }

  private FunctionClient client(Deployment deployment) {
    return FunctionClients.fromEnvironment(deployment.environment(), () -> {
      FunctionRole.Keys keys = role.current();
      return new FunctionClient.Key(
          keys.accessKeyId(), keys.accessKeySecret(), keys.securityToken());
    });
  }

  private static Templates templates(Deployment deployment) {
    TemplateCatalog catalog = new LayeredCatalog(
        List.of(new DirectoryCatalog(deployment.templates()), new BundledCatalog()));
    TemplateParser parser = new TemplateParser(
        Functions.all(), new Jq(), action -> catalog.find(action, "").isPresent());
    return Templates.of(
        catalog, source -> parser.parse(source.text(), source.name(), source.version()));
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "execution-worker");
    thread.setDaemon(true);
    return thread;
  }

  FunctionRole role() {
    return role;
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
