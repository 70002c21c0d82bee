package chatops.benchmarks;

import chatops.engine.expression.function.Functions;
import chatops.engine.jq.Jq;
import chatops.engine.template.Checked;
import chatops.engine.template.TemplateParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A template of 5 KB: loaded and checked in every way, beside the bare parse of its YAML. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TemplateLoading {
  private final String text = text();
  private final TemplateParser parser = new TemplateParser(Functions.all(), new Jq(), name -> true);

  static String text() {
    try (InputStream template = TemplateLoading.class.getResourceAsStream("five-kilobytes.yml")) {
      return new String(
          Objects.requireNonNull(template, "five-kilobytes.yml").readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Benchmark
  public Object bareYaml() {
    return new Load(LoadSettings.builder().build()).loadFromString(text);
  }

  @Benchmark
  public Checked template() {
    return parser.check(text, "benchmark", "v1");
  }
}
