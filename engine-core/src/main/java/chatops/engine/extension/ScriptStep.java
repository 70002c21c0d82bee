package chatops.engine.extension;

import chatops.engine.extension.ExtensionPackage.PackageFile;
import chatops.engine.extension.ExtensionPackage.Variant;
import chatops.engine.script.SafeScript;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One script of a package on its way to an instance: a script of ours that fetches the file, compares its hash, unpacks it and runs the author's script with its values as
 * variables, in a folder of its own, which it removes after success. Nothing of it depends on text that comes from a chat: values and the author's script travel in Base64.
 *
 * @param isInstall whether it brings the version, else it takes it away
 * @param values of every parameter
 * @param given those that people gave, which are kept
 * @param folder a name that no other use shares
 */
record ScriptStep(
    boolean isInstall,
    String version,
    Variant variant,
    Map<String, String> values,
    Map<String, String> given,
    String folder) {
  /** Custom parameter with the signed URL; empty where there is no file. */
  private static final String URL = "url";

  /** ECS API reference, RunCommand: the content may have 24 KB; what is put into it is counted, too, to be safe. */
  private static final int MOST_CHARACTERS = 24 * 1024;

  /** Exit codes of our part; the author's scripts use others. */
  static final int NOT_FETCHED = 101;

  static final int OTHER_HASH = 102;
  static final int NOT_UNPACKED = 103;
  static final int NO_FOLDER = 104;

  ObjectNode json() {
    PackageFile file = variant.file();
    boolean isWindows = variant.match().osType().equals("windows");
    Map<String, String> all = new LinkedHashMap<>();
    all.put("chatops_folder", folder);
    all.put("chatops_file", file == null ? "" : file.fileName());
    all.put("chatops_sha256", file == null ? "" : file.sha256());
    all.put("chatops_script", isInstall ? variant.install() : variant.uninstall());
    all.put("chatops_output", isInstall ? variant.output() : "");
    all.put("chatops_version", version);
    all.putAll(values);
    SafeScript safe =
        isWindows ? SafeScript.powerShell(WINDOWS, all) : SafeScript.shell(LINUX, all);
    String encoded = safe.parameters().getOrDefault(SafeScript.VALUES, "");
    if (safe.content().length() + encoded.length() > MOST_CHARACTERS) {
      throw new ExtensionException(
          "PackageTooLarge",
          "the scripts of " + version
              + " and the values given are more than Cloud Assistant takes; put the scripts into the file");
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("action", isInstall ? "Install" : "UnInstall");
    json.put("version", version);
    json.put("bucketName", file == null ? "" : file.bucketName());
    json.put("objectName", file == null ? "" : file.objectName());
    json.put("commandType", isWindows ? "RunPowerShellScript" : "RunShellScript");
    json.put("commandContent", withUrl(safe.content(), isWindows));
    json.put("values", encoded);
    json.put("timeout", variant.timeout());
    // the URL must live as long as the script may wait for its turn and run
    json.put("urlSeconds", Math.min(variant.timeout() + 900, 7 * 86_400));
    ObjectNode parameters = json.putObject("parameters");
    given.forEach(parameters::put);
    return json;
  }

  /** A signed URL has no character that ends a quoted string: what it is made of is percent-encoded. */
  private static String withUrl(String content, boolean isWindows) {
    if (isWindows) {
      return "$chatops_url = '{{" + URL + "}}'\n" + content;
    }
    int line = content.indexOf('\n') + 1;
    return content.substring(0, line) + "chatops_url='{{" + URL + "}}'\n" + content.substring(line);
  }

  private static final String LINUX = """
      #!/bin/sh
      chatops_root=/root/workspace
      mkdir -p "$chatops_root" && rm -rf "$chatops_root/$chatops_folder" && mkdir -m 700 "$chatops_root/$chatops_folder" \\
        && cd "$chatops_root/$chatops_folder" || { echo "no folder in $chatops_root" >&2; exit 104; }
      if [ -n "$chatops_file" ]; then
        curl -fsS --retry 3 --connect-timeout 20 -o "$chatops_file" -- "$chatops_url" \\
          || { echo "cannot fetch $chatops_file" >&2; exit 101; }
        echo "$chatops_sha256  $chatops_file" | sha256sum -c --status \\
          || { echo "$chatops_file has another SHA-256 than its package says" >&2; rm -f "$chatops_file"; exit 102; }
        case "$chatops_file" in
          *.tar.gz|*.tgz|*.tar.bz2|*.tar.xz|*.tar) tar --no-same-owner -xf "$chatops_file" ;;
          *.zip) unzip -q "$chatops_file" ;;
        esac || { echo "cannot unpack $chatops_file" >&2; exit 103; }
      fi
      unset chatops_url
      run_script() {
        printf %s "$1" >.chatops-script && chmod 700 .chatops-script || return 104
        case "$1" in
          '#!'*) ./.chatops-script ;;
          *) /bin/sh ./.chatops-script ;;
        esac
      }
      chatops_install=$chatops_script chatops_after=$chatops_output
      unset chatops_script chatops_output
      run_script "$chatops_install" || exit $?
      if [ -n "$chatops_after" ]; then
        run_script "$chatops_after" || exit $?
      fi
      cd / && rm -rf "$chatops_root/$chatops_folder"
      exit 0
      """;

  private static final String WINDOWS = """
      $ErrorActionPreference = 'Stop'
      $chatops_place = Join-Path 'C:\\Windows\\System32\\Workspace' $chatops_folder
      try {
        if (Test-Path $chatops_place) { Remove-Item -Recurse -Force $chatops_place }
        New-Item -ItemType Directory -Force $chatops_place | Out-Null
        Set-Location $chatops_place
      } catch { Write-Output "no folder $chatops_place"; exit 104 }
      if ($chatops_file) {
        try { Invoke-WebRequest -UseBasicParsing -Uri $chatops_url -OutFile $chatops_file }
        catch { Write-Output "cannot fetch $chatops_file"; exit 101 }
        if ((Get-FileHash -Algorithm SHA256 $chatops_file).Hash -ne $chatops_sha256) {
          Write-Output "$chatops_file has another SHA-256 than its package says"
          Remove-Item -Force $chatops_file
          exit 102
        }
        try { if ($chatops_file -like '*.zip') { Expand-Archive -Force $chatops_file . } }
        catch { Write-Output "cannot unpack $chatops_file"; exit 103 }
      }
      foreach ($chatops_text in @($chatops_script, $chatops_output)) {
        if ($chatops_text) {
          [IO.File]::WriteAllText((Join-Path $chatops_place 'chatops-script.ps1'), $chatops_text)
          $global:LASTEXITCODE = 0
          & (Join-Path $chatops_place 'chatops-script.ps1')
          if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
        }
      }
      Set-Location 'C:\\'
      Remove-Item -Recurse -Force $chatops_place
      exit 0
      """;
}
