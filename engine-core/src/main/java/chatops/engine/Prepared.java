package chatops.engine;

import chatops.engine.execution.Pin;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a start would run.
 *
 * @param parameters bound values by declared name, NoEcho values included
 * @param ramRole role the template's calls will be made under; empty is the host's default
 */
public record Prepared(Pin template, ObjectNode parameters, String ramRole) {}
