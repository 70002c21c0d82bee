/** Makes and publishes packages of extensions from files of the author's machine. Entry: {@link chatops.local.extension.BuiltPackage}. */
@NullMarked
package chatops.local.extension;

import org.jspecify.annotations.NullMarked;
