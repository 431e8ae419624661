// A key pair as TLS shows it: a certificate that says nothing but the key, signed by the key itself.
//
// Both ends know each other's keys beforehand (a server's stands in its address, a workstation's in the server's list
// of devices), so there is no authority, no name and no date to check: laptops in the field have wrong clocks. That the
// other end has the secret half is what TLS proves.
#pragma once

#include <string>
#include <string_view>

#include "storage/base/signature.h"
#include "storage/base/status.h"

struct x509_st;  // OpenSSL's X509

namespace daftar {

// Both in PEM. The private half is wiped with the object.
struct Certificate {
  Certificate() = default;
  Certificate(Certificate&&) = default;
  Certificate& operator=(Certificate&&) = default;
  ~Certificate();

  std::string chain;        // the certificate
  std::string private_key;  // PKCS#8
};

// Always the same for the same pair. Valid for ever. Internal if OpenSSL refuses.
StatusOr<Certificate> CertificateOf(const KeyPair& pair);

// The key that a certificate is about; InvalidArgument if it is no certificate, or of another kind of key. Whose it is
// has to be proved by TLS.
StatusOr<PublicKey> KeyOfCertificate(std::string_view pem);
StatusOr<PublicKey> KeyOfCertificate(x509_st* certificate);

}  // namespace daftar
