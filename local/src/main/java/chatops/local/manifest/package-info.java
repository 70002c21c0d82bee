/** What Slack must know of the app, made from what the product answers; {@link chatops.local.manifest.SlackManifest} is all of it. */
@NullMarked
package chatops.local.manifest;

import org.jspecify.annotations.NullMarked;
