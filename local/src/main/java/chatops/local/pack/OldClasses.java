package chatops.local.pack;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** Writes classes of formats before Java 6's anew: the same instructions, in Java 8's format, with the stack maps that it wants. */
final class OldClasses {
  private static final int VERSION_AT = 6;
  private static final String OBJECT = "java/lang/Object";

  private final ClassLoader libraries;
  private int count;

  /** @param libraries finds the classes that others extend, without running them */
  OldClasses(ClassLoader libraries) {
    this.libraries = libraries;
  }

  /** How many were written anew. */
  int count() {
    return count;
  }

  /** The class as it is when it is new enough, or uses subroutines, as Java 1.4's compiler did: no stack map describes them. */
  byte[] renewed(byte[] file) {
    if (ByteBuffer.wrap(file).getShort(VERSION_AT) >= Opcodes.V1_6) {
      return file;
    }
    ClassWriter writer = new Mapping();
    try {
      new ClassReader(file)
          .accept(
              new ClassVisitor(Opcodes.ASM9, writer) {
                @Override
                public void visit(
                    int version,
                    int access,
                    String name,
                    @Nullable String signature,
                    String extended,
                    String @Nullable [] implemented) {
                  super.visit(Opcodes.V1_8, access, name, signature, extended, implemented);
                }
              },
              0);
    } catch (IllegalArgumentException subroutine) {
      return file;
    }
    count++;
    return writer.toByteArray();
  }

  private final class Mapping extends ClassWriter {
    Mapping() {
      super(COMPUTE_FRAMES);
    }

    @Override
    protected ClassLoader getClassLoader() {
      return libraries;
    }

    /** What an optional library would bring is not there: nothing more than an object is known of it. */
    @Override
    protected String getCommonSuperClass(String one, String other) {
      try {
        return super.getCommonSuperClass(one, other);
      } catch (TypeNotPresentException | LinkageError absent) {
        return OBJECT;
      }
    }
  }
}
