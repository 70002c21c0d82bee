package chatops.engine.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Counts every place where a process may end, and ends it at the wanted ones. */
public final class Boundaries {
  private final Set<Integer> cuts;
  private final List<String> passed = new ArrayList<>();

  public Boundaries(Integer... cuts) {
    this.cuts = Set.of(cuts);
  }

  void pass(String where) {
    passed.add(where);
    if (cuts.contains(passed.size())) {
      throw new Crash(where);
    }
  }

  public int count() {
    return passed.size();
  }

  public String name(int number) {
    return passed.get(number - 1);
  }
}
