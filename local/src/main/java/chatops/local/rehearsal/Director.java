package chatops.local.rehearsal;

import chatops.local.rehearsal.reading.Force;
import chatops.local.rehearsal.reading.Form;
import chatops.local.rehearsal.reading.Site;
import chatops.local.rehearsal.synthesis.Choices;
import chatops.local.rehearsal.synthesis.ReplySynthesis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds choices under which a template's main path is walked to a good end: it runs, and where that ends badly it changes
 * one choice after the other, what was read last first, and keeps what gets further. Deterministic; every run is a whole run
 * of the engine.
 */
public final class Director {
  private static final int MOST_REPAIRS = 300;
  private static final int MOST_EXTENSIONS = 20;

  private final Rehearsal rehearsal;
  private int runs;

  public Director(Rehearsal rehearsal) {
    this.rehearsal = rehearsal;
  }

  /** A plan and the run it led to. */
  public record Found(Plan plan, Take take) {}

  public Found best() {
    Found found = run(Plan.USUAL);
    found = climb(found, MOST_REPAIRS, take -> take.isSuccess(), form -> true);
    return found.take().isSuccess()
        ? climb(found, MOST_EXTENSIONS, this::isWhole, Director::decides)
        : found;
  }

  /** Whether every task of the template itself had its turn. */
  private boolean isWhole(Take take) {
    return take.finished().containsAll(rehearsal.taskNames());
  }

  /** Plans that differ from this one in a single choice. */
  List<Plan> beside(Found found) {
    return neighbours(found, form -> true);
  }

  public int runs() {
    return runs;
  }

  private Found run(Plan plan) {
    runs++;
    return new Found(plan, rehearsal.run(plan));
  }

  private Found climb(Found start, int budget, Predicate<Take> isEnough, Predicate<Form> parts) {
    Found best = start;
    int last = runs + budget;
    boolean better = true;
    while (better && !isEnough.test(best.take())) {
      better = false;
      for (Plan plan : neighbours(best, parts)) {
        if (runs >= last) {
          return best;
        }
        Found other = run(plan);
        if (isBetter(other.take(), best.take())) {
          best = other;
          better = true;
          break;
        }
      }
    }
    return best;
  }

  private static boolean isBetter(Take one, Take other) {
    if (one.isSuccess() != other.isSuccess()) {
      return one.isSuccess();
    }
    return one.reached() > other.reached();
  }

  /** Whether a branch depends on it. */
  private static boolean decides(Form form) {
    return !form.wishes(Force.MAY).isEmpty() || !form.refused().isEmpty();
  }

  private List<Plan> neighbours(Found found, Predicate<Form> parts) {
    List<Plan> plans = new ArrayList<>();
    Plan plan = found.plan();
    if (!found.take().calls().isEmpty()) {
      Account.Like like = plan.like();
      plans.add(plan.with(
          new Account.Like(!like.running(), like.windows(), like.classic(), like.prepaid())));
      plans.add(plan.with(
          new Account.Like(like.running(), !like.windows(), like.classic(), like.prepaid())));
      plans.add(plan.with(
          new Account.Like(like.running(), like.windows(), !like.classic(), like.prepaid())));
      plans.add(plan.with(
          new Account.Like(like.running(), like.windows(), like.classic(), !like.prepaid())));
    }
    replies(found, plan, parts, plans);
    rehearsal.possible().forEach((name, values) -> {
      Form form = rehearsal.reading().parameters().getOrDefault(name, new Form(name));
      int chosen = plan.parameters().getOrDefault(name, 0);
      boolean isOpen = !rehearsal.isGiven(name) && (!found.take().isSuccess() || parts.test(form));
      for (int i = 0; isOpen && i < values.size(); i++) {
        if (i != chosen) {
          plans.add(plan.with(name, i));
        }
      }
    });
    return plans;
  }

  private void replies(Found found, Plan plan, Predicate<Form> parts, List<Plan> plans) {
    List<String> places =
        new ArrayList<>(found.take().calls().stream().map(MadeCall::task).toList());
    Collections.reverse(places);
    Set<Form> open = new LinkedHashSet<>();
    for (String place : new LinkedHashSet<>(places)) {
      Site site = rehearsal.reading().sites().get(place);
      if (site != null) {
        ReplySynthesis.openParts(site.reply()).stream().filter(parts).forEach(open::add);
      }
    }
    for (Form part : open) {
      int count = Choices.possible(part).size();
      for (int i = 0; i < count; i++) {
        boolean isSame = plan.choices().isChosen(part) && plan.choices().of(part) == i;
        if (!isSame) {
          plans.add(plan.with(plan.choices().with(part, i)));
        }
      }
    }
  }
}
