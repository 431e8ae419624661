#include "storage/access/tls_defaults.h"

#include <openssl/bio.h>
#include <openssl/conf.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <string_view>

namespace daftar {
namespace {

// See config(5) and SSL_CONF_cmd(3).
constexpr std::string_view kSettings = R"(
daftar = modules
[modules]
ssl_conf = ssl
[ssl]
system_default = defaults
[defaults]
MinProtocol = TLSv1.3
Options = -SessionTicket
SignatureAlgorithms = ed25519
)";

Status Load() {
  // First what the machine's own file says, which would else come later and win.
  OPENSSL_init_ssl(OPENSSL_INIT_LOAD_CONFIG, nullptr);
  CONF* const settings = NCONF_new(nullptr);
  BIO* const text = BIO_new_mem_buf(kSettings.data(), static_cast<int>(kSettings.size()));
  const bool loaded = settings != nullptr && text != nullptr && NCONF_load_bio(settings, text, nullptr) == 1 &&
                      CONF_modules_load(settings, "daftar", 0) == 1;
  BIO_free(text);
  NCONF_free(settings);
  ERR_clear_error();
  return loaded ? OkStatus() : Internal("OpenSSL does not take its settings");
}

}  // namespace

Status TightenTlsDefaults() {
  static const Status loaded = Load();
  return loaded;
}

}  // namespace daftar
