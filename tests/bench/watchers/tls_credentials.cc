#include "tests/bench/watchers/tls_credentials.h"

#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_certificate_verifier.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <vector>

#include "storage/access/certificate.h"

namespace daftar::bench {

StatusOr<std::shared_ptr<grpc::ChannelCredentials>> TlsCredentials(const KeyPair& own) {
  namespace tls = grpc::experimental;
  DAFTAR_ASSIGN_OR_RETURN(const Certificate shown, CertificateOf(own));
  const std::vector<tls::IdentityKeyCertPair> pairs{{shown.private_key, shown.chain}};
  tls::TlsChannelCredentialsOptions options;
  options.set_certificate_provider(std::make_shared<tls::StaticDataCertificateProvider>(pairs));
  options.watch_identity_key_cert_pairs();
  options.set_verify_server_certs(false);
  options.set_check_call_host(false);
  options.set_certificate_verifier(std::make_shared<tls::NoOpCertificateVerifier>());
  return tls::TlsCredentials(options);
}

}  // namespace daftar::bench
