package chatops.cloudsim.door;

import chatops.cloudsim.http.Door;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.http.WebRequest;
import chatops.cloudsim.mns.MessageService;

/** Serves the certificate that MNS pushes are signed with, as MNS does from a bucket of its own. */
public final class CertificateDoor implements Door {
  public static final String PATH = "/x509_public_certificate.pem";

  private final MessageService messages;

  public CertificateDoor(MessageService messages) {
    this.messages = messages;
  }

  @Override
  public WebReply answer(WebRequest request) {
    return request.path().equals(PATH)
        ? WebReply.of(200, "application/x-pem-file", messages.certificate().pem())
        : WebReply.of(404, "text/plain", "");
  }
}
