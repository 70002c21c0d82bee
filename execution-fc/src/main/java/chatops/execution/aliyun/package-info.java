/** The engine's {@code CloudApi} over the official SDK; {@link chatops.execution.aliyun.AliyunCloudApi} is the entry. */
@NullMarked
package chatops.execution.aliyun;

import org.jspecify.annotations.NullMarked;
