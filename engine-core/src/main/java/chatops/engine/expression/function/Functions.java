package chatops.engine.expression.function;

import chatops.engine.expression.Function;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every {@code Fn::} function. */
public final class Functions {
  private Functions() {}

  /** All of them by name, without a package repository. */
  public static Map<String, Function> all() {
    return all(Packages.NONE);
  }

  /** All of them by name. */
  public static Map<String, Function> all(Packages packages) {
    List<Function> functions = List.of(
        new Equals(),
        new If(),
        new Not(),
        new And(),
        new Or(),
        new JqFunction(),
        new Select(),
        new Sub(),
        new Replace(),
        new Join(),
        new Split(),
        new ContainsSubString(),
        new Escape(),
        new Base64Encode(),
        new Base64Decode(),
        new ListJoin(),
        new MergeList(),
        new MergeMap(),
        new MergeMapToList(),
        new MapJoin(),
        new ConvertMapToList(),
        new RangeSelect(),
        new First(),
        new Last(),
        new Union(),
        new Intersection(),
        new Difference(),
        new Min(),
        new Max(),
        new Sum(),
        new Eval(),
        new CalculateBatch(),
        new AddHour(),
        new FormatUtcTime(),
        new DurationBetween(),
        new IsIpInCidr(),
        new CalculateTimeByOpsWindow(),
        new FindMatchedPackage(packages));
    Map<String, Function> byName = new LinkedHashMap<>();
    functions.forEach(function -> byName.put(function.name(), function));
    return Map.copyOf(byName);
  }
}
