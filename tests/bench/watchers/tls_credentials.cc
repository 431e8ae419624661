#include "tests/bench/watchers/tls_credentials.h"

#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_certificate_verifier.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <vector>

#include "storage/access/certificate.h"
#include "storage/access/tls_defaults.h"
#include "storage/base/random.h"

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

StatusOr<std::shared_ptr<grpc::ServerCredentials>> BareServerCredentials() {
  DAFTAR_RETURN_IF_ERROR(TightenTlsDefaults());
  SystemRandom random;
  DAFTAR_ASSIGN_OR_RETURN(const Certificate shown, CertificateOf(KeyPair::Generate(random)));
  grpc::SslServerCredentialsOptions options(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_BUT_DONT_VERIFY);
  options.pem_key_cert_pairs = {{shown.private_key, shown.chain}};
  return grpc::SslServerCredentials(options);
}

}  // namespace daftar::bench
