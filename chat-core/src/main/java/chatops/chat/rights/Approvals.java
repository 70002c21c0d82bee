package chatops.chat.rights;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who decides approvals, and how: the section {@code approvals} of {@code chatops.yaml}.
 *
 * @param general what holds where no rule says otherwise
 * @param rules by template; the first whose patterns match counts
 */
public record Approvals(Rule general, List<TemplateRule> rules) {
  /** Whether a decision needs a reason. */
  public enum Reason {
    OPTIONAL,
    /** Only a rejection needs one. */
    REJECTION,
    REQUIRED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a decision without one is refused. */
    public boolean isNeeded(boolean approve) {
      return this == REQUIRED || this == REJECTION && !approve;
    }
  }

  /**
   * @param bearerLinks whether whoever holds an approval link may decide by it
   * @param requesterMayApprove whether the person who asked may approve the own request
   * @param approvers who may decide, in the form of {@code who}
   * @param needed how many different people must approve; a template may ask for more
   * @param reminder how long before an approval expires its approvers are reminded, once; null = not at all
   */
  public record Rule(
      boolean bearerLinks,
      boolean requesterMayApprove,
      List<String> approvers,
      int needed,
      Reason reason,
      @Nullable Duration reminder) {
    public Rule {
      approvers = List.copyOf(approvers);
    }
  }

  /**
   * @param templates patterns of names
   * @param namesApprovers whether the entry itself says who decides: then no link without an identity does
   * @param rule what the entry says, and what the section says where the entry says nothing
   */
  public record TemplateRule(List<String> templates, boolean namesApprovers, Rule rule) {
    public TemplateRule {
      templates = List.copyOf(templates);
    }
  }

  public Approvals {
    rules = List.copyOf(rules);
  }

  /** What holds for a template's approvals. @param template its name; empty is nobody's, so the general rule holds */
  public Rule of(String template) {
    TemplateRule entry = entry(template);
    return entry == null ? general : entry.rule();
  }

  /** Whether a link without an identity may decide a template's approvals. */
  public boolean isBearerAllowed(String template) {
    TemplateRule entry = entry(template);
    return entry == null
        ? general.bearerLinks()
        : entry.rule().bearerLinks() && !entry.namesApprovers();
  }

  /** Whether there is any template whose approvals a link may decide. */
  public boolean isBearerAllowedAnywhere() {
    boolean allowed = general.bearerLinks();
    for (TemplateRule entry : rules) {
      allowed = allowed || entry.rule().bearerLinks() && !entry.namesApprovers();
    }
    return allowed;
  }

  private @Nullable TemplateRule entry(String template) {
    for (TemplateRule entry : rules) {
      if (!template.isEmpty() && Operations.concern(entry.templates(), template)) {
        return entry;
      }
    }
    return null;
  }
}
