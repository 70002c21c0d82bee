package chatops.engine.extension;

import chatops.engine.extension.ConfigureRequest.Verb;
import chatops.engine.extension.ExtensionPackage.PackageFile;
import chatops.engine.extension.ExtensionPackage.Scope;
import chatops.engine.extension.ExtensionPackage.Variant;
import chatops.engine.extension.InstalledExtension.State;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Installs, upgrades and uninstalls extensions: decides what must be run on an instance, and keeps what became of it. The row of an instance and an extension is the lock: while one
 * execution is at it, every other is refused; what an execution left half done when it ended is taken up by the next. Thread-safe.
 */
public final class Configuring {
  private static final int LONGEST_MESSAGE = 1500;

  private final Extensions extensions;
  private final InstalledExtensions installed;
  private final InstantSource clock;
  private final Predicate<String> isAlive;

  /** @param isAlive whether an execution has not ended */
  public Configuring(
      Extensions extensions,
      InstalledExtensions installed,
      InstantSource clock,
      Predicate<String> isAlive) {
    this.extensions = extensions;
    this.installed = installed;
    this.clock = clock;
    this.isAlive = isAlive;
  }

  /** @param given values that people gave, now or before; the author's stand for the rest */
  private record Step(boolean isInstall, String version, Map<String, String> given) {}

  /** What is to be run, and how the row stands meanwhile; null = nothing is to be changed. */
  private record Plan(@Nullable State state, String target, List<Step> steps) {
    static final Plan NOTHING = new Plan(null, "", List.of());
  }

  /**
   * Takes the row for the execution, and says what it must run. Asked again by the same execution, it says the same.
   *
   * @return {@code {from, to, steps: ["uninstall V1", "install V2"], scripts: {"install V2": {action, version, bucketName, objectName, commandType, commandContent, values,
   *     parameters, timeout, urlSeconds}}}}: the steps in order, and by each what is to be run
   * @throws ExtensionException with the reason why it cannot be
   */
  public ObjectNode begin(ConfigureRequest request) {
    String name = request.name();
    if (request.instanceId().isEmpty()) {
      throw new ExtensionException(
          "InstanceNotExists", "the instance is not there; check its id and its region");
    }
    Plan plan = plan(request, installed.find(request.instanceId(), name));
    // everything that can refuse is asked before the row says that anything happens
    ArrayNode steps = JsonNodeFactory.instance.arrayNode();
    ObjectNode scripts = JsonNodeFactory.instance.objectNode();
    for (Step step : plan.steps()) {
      String label = (step.isInstall() ? "install " : "uninstall ") + step.version();
      steps.add(label);
      scripts.set(label, json(request, step));
    }
    List<InstalledExtension> before = new ArrayList<>();
    installed.change(request.instanceId(), name, now -> {
      before.clear();
      now.ifPresent(before::add);
      refuseWhereBusy(request, now);
      if (!plan(request, now).equals(plan)) {
        throw busy(request, now.map(InstalledExtension::execution).orElse(""));
      }
      if (plan.state() == null) {
        return now;
      }
      InstalledExtension row = now.orElseGet(() -> absent(request));
      return Optional.of(row.began(plan.state(), plan.target(), request.execution(), at()));
    });
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("from", before.isEmpty() ? "" : before.get(0).present());
    answer.put(
        "to", request.verb() == Verb.UNINSTALL ? "" : target(request).version().name());
    answer.set("steps", steps);
    answer.set("scripts", scripts);
    return answer;
  }

  private Plan plan(ConfigureRequest request, Optional<InstalledExtension> now) {
    return request.verb() == Verb.UNINSTALL ? uninstall(request, now) : bring(request, now);
  }

  private Plan uninstall(ConfigureRequest request, Optional<InstalledExtension> now) {
    if (now.isEmpty()) {
      return Plan.NOTHING;
    }
    InstalledExtension row = now.get();
    if (!request.version().isEmpty()
        && !Extensions.named(request.version()).equals(row.present())) {
      throw new ExtensionException(
          "ExtensionVersionNotInstalled",
          request.instanceId() + " has " + request.name() + " " + row.present() + ", not "
              + request.version() + "; leave the version out");
    }
    return new Plan(
        State.UNINSTALLING,
        row.target(),
        List.of(new Step(false, row.present(), row.parameters())));
  }

  private Plan bring(ConfigureRequest request, Optional<InstalledExtension> now) {
    Extensions.Found wanted = target(request);
    String version = wanted.version().name();
    if (now.isEmpty() && request.verb() == Verb.UPGRADE) {
      throw new ExtensionException(
          "ExtensionNotInstalled",
          request.instanceId() + " has no " + request.name()
              + " to upgrade; /ecs install brings it");
    }
    Map<String, String> kept = now.map(InstalledExtension::parameters).orElse(Map.of());
    Map<String, String> given = given(request, wanted.extension(), kept);
    Step install = new Step(true, version, given);
    if (now.isEmpty()) {
      return new Plan(State.INSTALLING, version, List.of(install));
    }
    InstalledExtension row = now.get();
    String present = row.version();
    if (present.equals(version)) {
      boolean isSo = row.state() == State.INSTALLED && row.parameters().equals(given);
      return isSo ? Plan.NOTHING : new Plan(State.UPDATING, version, List.of(install));
    }
    if (present.isEmpty()) {
      // nothing is there but what an installation left half done
      State state = row.state() == State.UPDATING || row.state() == State.UPDATE_FAILED
          ? State.UPDATING
          : State.INSTALLING;
      boolean isOther = !row.target().isEmpty() && !row.target().equals(version);
      return new Plan(
          state,
          version,
          isOther ? List.of(new Step(false, row.target(), kept), install) : List.of(install));
    }
    if (request.verb() == Verb.INSTALL) {
      throw new ExtensionException(
          "ExtensionInstalled",
          request.instanceId() + " has " + request.name() + " " + present
              + "; /ecs upgrade replaces it by " + version);
    }
    return new Plan(State.UPDATING, version, List.of(new Step(false, present, kept), install));
  }

  private Extensions.Found target(ConfigureRequest request) {
    return extensions.version(request.name(), request.version());
  }

  /** Values given now, else those given before that the version still knows. */
  private static Map<String, String> given(
      ConfigureRequest request, ExtensionPackage extension, Map<String, String> kept) {
    Map<String, PackageParameter> known = extension.parameters();
    for (String name : request.parameters().keySet()) {
      if (!known.containsKey(name)) {
        throw new ExtensionException(
            "ExtensionParameter",
            "extension " + extension.name() + " has no parameter " + name + "; it has "
                + (known.isEmpty() ? "none" : String.join(", ", known.keySet())));
      }
    }
    Map<String, String> given = new LinkedHashMap<>();
    known.forEach((name, parameter) -> {
      String value = request.parameters().get(name);
      String before = kept.get(name);
      if (value == null && before != null && parameter.accepts(before)) {
        value = before;
      }
      boolean isMissing = value == null && parameter.isNeeded();
      if (isMissing || (value != null && !parameter.accepts(value))) {
        throw new ExtensionException(
            "ExtensionParameter",
            "extension " + extension.name() + " needs " + name + "=…, " + parameter.expected()
                + (isMissing ? "" : "; '" + value + "' is none"));
      }
      if (value != null) {
        given.put(name, value);
      }
    });
    return given;
  }

  private static Map<String, String> values(ExtensionPackage extension, Map<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    extension
        .parameters()
        .forEach(
            (name, parameter) -> values.put(name, given.getOrDefault(name, parameter.initial())));
    return values;
  }

  private ObjectNode json(ConfigureRequest request, Step step) {
    Extensions.Found found = extensions.version(request.name(), step.version());
    if (step.isInstall()) {
      checkScope(request, found.extension());
    }
    Variant variant = found.extension().variant(request.host());
    if (variant.file() != null) {
      checkReach(request, variant.file());
    }
    return new ScriptStep(
            step.isInstall(),
            step.version(),
            variant,
            values(found.extension(), step.given()),
            step.given(),
            request.folder() + "-" + (step.isInstall() ? "install" : "uninstall"))
        .json();
  }

  private static void checkScope(ConfigureRequest request, ExtensionPackage extension) {
    Scope scope = extension.scope();
    JsonNode instance = request.instance();
    check(
        request,
        "instance family",
        scope.instanceTypeFamilies(),
        instance.path("InstanceTypeFamily").asText());
    check(request, "image of", scope.imageTypes(), request.imageOwner());
    check(request, "platform", scope.osPlatforms(), request.host().platform());
    check(request, "system", scope.osVersions(), instance.path("OSName").asText());
  }

  private static void check(
      ConfigureRequest request, String what, List<String> allowed, String found) {
    if (!ExtensionPackage.anyOf(allowed, found)) {
      throw new ExtensionException(
          "ExtensionScope",
          "extension " + request.name() + " is not for " + request.instanceId() + ": " + what + " '"
              + found + "', and it supports " + String.join(", ", allowed));
    }
  }

  /** Instances fetch the file inside the region's network: they must be in a VPC, and in the bucket's region. */
  private static void checkReach(ConfigureRequest request, PackageFile file) {
    JsonNode instance = request.instance();
    String vpc = instance.path("VpcAttributes").path("VpcId").asText("");
    if (vpc.isEmpty()) {
      throw new ExtensionException(
          "InstanceNotInVpc",
          request.instanceId()
              + " is in no VPC and cannot fetch files of packages; move it into one");
    }
    String region = instance.path("RegionId").asText("");
    if (!region.equals(file.regionId())) {
      throw new ExtensionException(
          "BucketInOtherRegion",
          "bucket " + file.bucketName() + " is in " + file.regionId() + ", " + request.instanceId()
              + " in " + region + "; add a package whose file is in a bucket of " + region);
    }
  }

  private void refuseWhereBusy(ConfigureRequest request, Optional<InstalledExtension> now) {
    boolean isTaken = now.isPresent()
        && now.get().state().isBusy()
        && !now.get().execution().equals(request.execution())
        && isAlive.test(now.get().execution());
    if (isTaken) {
      throw busy(request, now.get().execution());
    }
  }

  private static ExtensionException busy(ConfigureRequest request, String by) {
    return new ExtensionException(
        "ExtensionBusy",
        request.name() + " on " + request.instanceId() + " is being changed by "
            + (by.isEmpty() ? "another execution" : by) + "; wait for its end");
  }

  private InstalledExtension absent(ConfigureRequest request) {
    return new InstalledExtension(
        request.instanceId(),
        request.name(),
        State.INSTALLING,
        "",
        "",
        Map.of(),
        request.execution(),
        "",
        "",
        at());
  }

  /**
   * Notes that a script has brought or taken away a version. Also what an execution reports that did not begin here, as the public templates do.
   *
   * @param version empty for the latest, or the one that was begun
   */
  public void report(
      String instanceId,
      String name,
      boolean isInstall,
      String version,
      Map<String, String> parameters,
      String execution) {
    String known = isInstall ? extensions.version(name, version).version().name() : "";
    installed.change(instanceId, name, now -> {
      boolean isOurs = now.isPresent() && now.get().execution().equals(execution);
      if (isInstall) {
        InstalledExtension row = now.orElseGet(() -> blank(instanceId, name));
        return Optional.of(row.installed(known, parameters, execution, at()));
      }
      boolean isHalf =
          isOurs && (now.get().state() == State.UPDATING || now.get().state() == State.INSTALLING);
      return isHalf ? Optional.of(now.get().removed(at())) : Optional.empty();
    });
  }

  private InstalledExtension blank(String instanceId, String name) {
    return new InstalledExtension(
        instanceId, name, State.INSTALLING, "", "", Map.of(), "", "", "", at());
  }

  /** Notes that what the execution began has failed. Nothing is noted where it began nothing. */
  public void fail(String instanceId, String name, String execution, String code, String message) {
    String end = message.length() > LONGEST_MESSAGE
        ? message.substring(message.length() - LONGEST_MESSAGE)
        : message;
    installed.change(
        instanceId,
        name,
        now -> now.map(row -> row.execution().equals(execution) && row.state().isBusy()
            ? row.failed(code, end, at())
            : row));
  }

  private Instant at() {
    return clock.instant();
  }
}
