#include "client/transport/tls_client.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include "client/transport/without_sigpipe.h"
#include "storage/access/certificate.h"
#include "storage/base/clock.h"
#include "storage/base/files.h"

namespace daftar {
namespace {

// gRPC's server wants to be told that HTTP/2 will be spoken.
constexpr unsigned char kHttp2[] = {2, 'h', '2'};

// What is offered is short: it travels with every handshake. The curve is the one that gRPC's server takes; to offer
// another first would cost a round trip.
constexpr char kCiphers[] = "TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256";
constexpr char kCurve[] = "P-256";
constexpr char kSignatures[] = "ed25519";

using Connection = std::unique_ptr<SSL, void (*)(SSL*)>;

std::string Reason() {
  std::array<char, 160> text{};
  const unsigned long code = ERR_get_error();  // NOLINT(google-runtime-int): OpenSSL's
  const char* const words = ERR_reason_error_string(code);
  ERR_error_string_n(code, text.data(), text.size());
  ERR_clear_error();
  return words != nullptr ? words : text.data();
}

// Whose key it is, is seen once the handshake has proved it; names, dates and authorities say nothing.
int TakeAnyCertificate(X509_STORE_CTX*, void*) { return 1; }

template <typename T, T* Read(BIO*, T**, pem_password_cb*, void*), void Free(T*)>
std::unique_ptr<T, void (*)(T*)> FromPem(std::string_view pem) {
  BIO* const memory = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  std::unique_ptr<T, void (*)(T*)> read(memory ? Read(memory, nullptr, nullptr, nullptr) : nullptr, Free);
  BIO_free(memory);
  return read;
}

bool Show(SSL_CTX* context, const Certificate& own) {
  const auto chain = FromPem<X509, PEM_read_bio_X509, X509_free>(own.chain);
  const auto key = FromPem<EVP_PKEY, PEM_read_bio_PrivateKey, EVP_PKEY_free>(own.private_key);
  return chain && key && SSL_CTX_use_certificate(context, chain.get()) == 1 &&
         SSL_CTX_use_PrivateKey(context, key.get()) == 1;
}

bool Prepare(SSL_CTX* context, const Certificate& own) {
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_cert_verify_callback(context, TakeAnyCertificate, nullptr);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(context,
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  return SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1 &&
         SSL_CTX_set_ciphersuites(context, kCiphers) == 1 && SSL_CTX_set1_groups_list(context, kCurve) == 1 &&
         SSL_CTX_set1_sigalgs_list(context, kSignatures) == 1 &&
         SSL_CTX_set_alpn_protos(context, kHttp2, sizeof kHttp2) == 0 && Show(context, own);
}

// Waits for what the handshake needs next; false when the time is over.
bool Wait(int fd, bool to_write, int64_t deadline) {
  const SystemClock clock;
  pollfd wait{fd, static_cast<short>(to_write ? POLLOUT : POLLIN), 0};
  for (;;) {
    const int ready = poll(&wait, 1, static_cast<int>(std::max<int64_t>(deadline - clock.MonotonicMs(), 0)));
    if (ready > 0) return true;
    if (ready == 0 || errno != EINTR) return false;
  }
}

Status Shake(SSL* connection, int fd, int timeout_ms) {
  const int64_t deadline = SystemClock().MonotonicMs() + timeout_ms;
  for (;;) {
    ERR_clear_error();
    errno = 0;
    const int done = SSL_connect(connection);
    if (done == 1) return OkStatus();
    switch (SSL_get_error(connection, done)) {
      case SSL_ERROR_WANT_READ:
      case SSL_ERROR_WANT_WRITE:
        if (!Wait(fd, SSL_want_write(connection) != 0, deadline)) return Unavailable("no answer in time");
        break;
      case SSL_ERROR_SYSCALL:
        return Unavailable(errno == 0 ? "the connection was ended" : Message(ErrnoStatus(errno, "connect")));
      default:
        if (ERR_GET_REASON(ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING) {
          ERR_clear_error();
          return Unavailable("the connection was ended");
        }
        return FailedPrecondition("what answers does not speak TLS as Daftar does (" + Reason() + ")");
    }
  }
}

}  // namespace

StatusOr<std::unique_ptr<TlsClient>> TlsClient::Make(const KeyPair& own, const PublicKey& server) {
  DAFTAR_ASSIGN_OR_RETURN(const Certificate shown, CertificateOf(own));
  SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
  if (context == nullptr) return Internal("cannot prepare TLS: " + Reason());
  std::unique_ptr<TlsClient> client(new TlsClient(context, server));
  if (!Prepare(context, shown)) return Internal("cannot prepare TLS: " + Reason());
  return client;
}

TlsClient::~TlsClient() { SSL_CTX_free(context_); }

StatusOr<std::unique_ptr<TlsTunnel>> TlsClient::Secure(int fd, int timeout_ms) {
  const WithoutSigpipe quiet;
  Connection connection(SSL_new(context_), SSL_free);
  if (!connection || SSL_set_fd(connection.get(), fd) != 1) {
    close(fd);
    return Internal("cannot begin TLS: " + Reason());
  }
  Status outcome = Shake(connection.get(), fd, timeout_ms);
  if (outcome.ok()) {
    const StatusOr<PublicKey> shown = KeyOfCertificate(SSL_get0_peer_certificate(connection.get()));
    if (!shown.ok() || *shown != server_) {
      outcome = PermissionDenied("it shows the key " + (shown.ok() ? shown->Fingerprint() : "of another kind") +
                                 " instead of " + server_.Fingerprint() +
                                 ", so it is not the server of that address, or somebody stands in between");
    }
  }
  if (!outcome.ok()) {
    close(fd);
    return outcome;
  }
  return TlsTunnel::Open(std::move(connection), fd);
}

}  // namespace daftar
