package chatops.local.crash;

import chatops.engine.EngineException;
import chatops.engine.notice.Outbound;
import chatops.local.rehearsal.Director;
import chatops.local.rehearsal.Props;
import chatops.local.rehearsal.Rehearsal;
import java.nio.charset.StandardCharsets;

/** Any template, with parameters and answers made up so that its main path is walked. */
final class RehearsedPlay implements Scene.Play {
  private static final byte[] HEARD = "{\"errcode\":0}".getBytes(StandardCharsets.UTF_8);

  private final String name;
  private final Rehearsal rehearsal;
  private final Director.Found found;

  /** @throws EngineException when the template is wrong */
  RehearsedPlay(String name, Rehearsal rehearsal) {
    this.name = name;
    this.rehearsal = rehearsal;
    this.found = new Director(rehearsal).best();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Scene open() {
    Props props = rehearsal.props(found.plan(), found.take().calls());
    return new Scene(
        props.clock(),
        props.wish(),
        props.templates(),
        props.cloud(),
        call -> new Outbound.HttpAnswer(200, HEARD),
        props.settings());
  }
}
