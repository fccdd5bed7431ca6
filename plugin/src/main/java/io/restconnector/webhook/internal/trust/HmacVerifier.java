package io.restconnector.webhook.internal.trust;

import io.restconnector.spi.Secret;
import io.restconnector.spi.SignatureScheme;
import io.restconnector.spi.SignedRequest;
import io.restconnector.webhook.internal.trust.HmacForm.Claim;
import io.restconnector.webhook.internal.trust.HmacForm.UnfitClaimException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifies HMACs of one form. */
record HmacVerifier(HmacForm form) implements SignatureScheme.Verifier {

  @Override
  public SignatureScheme.Verdict verify(SignedRequest request, List<Secret> secrets) {
    try {
      Claim claim = form.claim(request);
      if (claim.timestamp() != null) {
        claim.timestamp().check(request.receivedAt());
      }
      return isSignedByOneOf(secrets, claim)
          ? new SignatureScheme.Valid(claim.id())
          : new SignatureScheme.Invalid("no secret matches");
    } catch (UnfitClaimException unfit) {
      return new SignatureScheme.Invalid(unfit.reason());
    }
  }

  @Override
  public boolean accepts(Secret secret) {
    return secret.isUsable() && key(secret) != null;
  }

  @Override
  public boolean namesDeliveries() {
    return form.hasId();
  }

  /** Takes the same time for each secret and signature, whichever fits. */
  private boolean isSignedByOneOf(List<Secret> secrets, Claim claim) {
    boolean valid = false;
    for (Secret secret : secrets) {
      byte[] key = key(secret);
      if (key != null) {
        // Compared as text: there is one way to write a signature, so none passes re-encoded.
        byte[] wanted = form.hmac().of(key, claim.content()).getBytes(StandardCharsets.US_ASCII);
        for (String signature : claim.signatures()) {
          valid |= MessageDigest.isEqual(wanted, HmacForm.bytes(signature));
        }
      }
    }
    return valid;
  }

  private byte @Nullable [] key(Secret secret) {
    byte[] key = form.key(secret.reveal());
    return key == null || key.length == 0 ? null : key;
  }
}
