package chatops.engine.expression;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What references and conditions can name at one place of a template. Each look-up answers in declared spelling, matched
 * exactly first, then in any letter case; null when nothing is so named. What was found is thereby noted as used.
 */
public interface Names {
  @Nullable
  String parameter(String name);

  /** A task of the template, or of the iteration for a task inside ACS::Loop. */
  @Nullable
  String task(String name, String pointer);

  /** A declared output or loop aggregate of {@code task}. */
  @Nullable
  String output(String task, String output);

  /** The compiled entry of {@code Conditions}. */
  @Nullable
  Expression condition(String name, String pointer);

  /** Tells that the loop item is read at {@code pointer}. */
  void readsItem(String pointer);

  /** Everything that can be named, for "did you mean". */
  Collection<String> all();
}
