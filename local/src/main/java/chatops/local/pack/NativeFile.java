package chatops.local.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a program or library of the packed Java needs of the machine, read from its head: format, processor, program
 * interpreter and the newest glibc symbol it asks for (System V ABI, "Object files"; glibc's version sections as the Linux
 * Standard Base describes them).
 *
 * @param format ELF, Mach-O, PE or unknown
 * @param processor {@code x86-64}, {@code aarch64}, or the ELF number of another
 * @param interpreter the dynamic loader a program names, empty in a library
 * @param glibc {@link GlibcVersion#NONE} when it asks for none
 */
record NativeFile(
    Path path, Format format, String processor, String interpreter, GlibcVersion glibc) {

  enum Format {
    ELF,
    MACH_O,
    PE,
    UNKNOWN
  }

  private static final int LARGEST = 256 << 20;
  private static final int INTERPRETER = 3;
  private static final int VERSIONS_NEEDED = 0x6ffffffe;

  static NativeFile read(Path path) throws IOException {
    if (Files.size(path) > LARGEST) {
      throw new IOException(path + " is larger than " + LARGEST + " bytes");
    }
    byte[] bytes = Files.readAllBytes(path);
    Format format = format(bytes);
    if (format != Format.ELF) {
      return new NativeFile(path, format, "", "", GlibcVersion.NONE);
    }
    try {
      return elf(path, bytes);
    } catch (IndexOutOfBoundsException truncated) {
      throw new IOException(path + " is no whole ELF file", truncated);
    }
  }

  private static Format format(byte[] bytes) {
    if (bytes.length < 64) {
      return Format.UNKNOWN;
    }
    return switch (ByteBuffer.wrap(bytes).getInt()) {
      case 0x7f454c46 -> Format.ELF;
      case 0xcffaedfe, 0xcafebabe, 0xfeedfacf -> Format.MACH_O;
      default -> bytes[0] == 'M' && bytes[1] == 'Z' ? Format.PE : Format.UNKNOWN;
    };
  }

  private static NativeFile elf(Path path, byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes)
        .order(bytes[5] == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int machine = file.getShort(18) & 0xffff;
    boolean is64 = bytes[4] == 2;
    String processor =
        machine == 62 && is64 ? "x86-64" : machine == 183 ? "aarch64" : "ELF machine " + machine;
    return is64
        ? new NativeFile(path, Format.ELF, processor, interpreter(file), glibc(file))
        : new NativeFile(path, Format.ELF, processor, "", GlibcVersion.NONE);
  }

  private static String interpreter(ByteBuffer file) {
    int table = Math.toIntExact(file.getLong(32));
    int size = file.getShort(54) & 0xffff;
    int count = file.getShort(56) & 0xffff;
    for (int i = 0; i < count; i++) {
      int at = table + i * size;
      if (file.getInt(at) == INTERPRETER) {
        return text(file, Math.toIntExact(file.getLong(at + 8)));
      }
    }
    return "";
  }

  private static GlibcVersion glibc(ByteBuffer file) {
    int table = Math.toIntExact(file.getLong(40));
    int size = file.getShort(58) & 0xffff;
    int count = file.getShort(60) & 0xffff;
    GlibcVersion newest = GlibcVersion.NONE;
    for (int i = 0; i < count; i++) {
      int section = table + i * size;
      if (file.getInt(section + 4) == VERSIONS_NEEDED) {
        int texts = table + file.getInt(section + 40) * size;
        int needed = Math.toIntExact(file.getLong(section + 24));
        int strings = Math.toIntExact(file.getLong(texts + 24));
        newest = GlibcVersion.newer(newest, newest(file, needed, strings));
      }
    }
    return newest;
  }

  /** Two chained lists: libraries, and of each library the versions asked for. */
  private static GlibcVersion newest(ByteBuffer file, int needed, int strings) {
    GlibcVersion newest = GlibcVersion.NONE;
    int library = needed;
    for (int next = 1; next != 0; library += next) {
      int entry = library + file.getInt(library + 8);
      for (int step = 1; step != 0; entry += step) {
        String version = text(file, strings + file.getInt(entry + 8));
        newest =
            GlibcVersion.newer(newest, GlibcVersion.ofSymbol(version).orElse(GlibcVersion.NONE));
        step = file.getInt(entry + 12);
      }
      next = file.getInt(library + 12);
    }
    return newest;
  }

  private static String text(ByteBuffer file, int at) {
    int end = at;
    while (file.get(end) != 0) {
      end++;
    }
    return new String(file.array(), at, end - at, StandardCharsets.UTF_8);
  }
}
