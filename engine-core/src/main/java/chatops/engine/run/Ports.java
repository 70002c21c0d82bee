package chatops.engine.run;

import chatops.engine.cloud.CloudApi;
import chatops.engine.cloud.Credentials;
import chatops.engine.execution.Invoker;
import chatops.engine.execution.Waits;
import chatops.engine.notice.Links;
import chatops.engine.notice.Notifier;
import chatops.engine.notice.Outbound;
import chatops.engine.store.ExecutionStore;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Everything an engine needs from its host.
 *
 * @param executor runs calls; {@code Runnable::run} keeps everything in the caller's thread
 * @param nanos a monotonic clock, as {@code System::nanoTime}
 */
public record Ports(
    ExecutionStore store,
    Templates templates,
    CloudApi cloud,
    Credentials credentials,
    Outbound outbound,
    Notifier notifier,
    Invoker invoker,
    Links links,
    InstantSource clock,
    LongSupplier nanos,
    Waits waits,
    Executor executor) {}
