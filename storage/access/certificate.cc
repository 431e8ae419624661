#include "storage/access/certificate.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sodium.h>

#include <array>
#include <memory>

namespace daftar {
namespace {

// A longer one was not made by us.
constexpr size_t kMaxPemBytes = 16 << 10;

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Pkey = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Cert = std::unique_ptr<X509, Freer<X509_free>>;
using Bio = std::unique_ptr<BIO, Freer<BIO_free_all>>;

Status Refused(const char* doing) {
  std::array<char, 160> reason{};
  ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
  ERR_clear_error();
  return Internal(std::string("cannot ") + doing + ": " + reason.data());
}

std::string TextOf(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);  // NOLINT(google-runtime-int): OpenSSL's
  return size > 0 ? std::string(data, static_cast<size_t>(size)) : std::string();
}

const unsigned char* Bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

// Its name is for people who look at it with other tools, and short: it travels with every handshake.
constexpr std::string_view kName = "daftar";

bool Fill(X509* certificate, EVP_PKEY* key) {
  X509_NAME* const subject = X509_get_subject_name(certificate);
  return X509_set_version(certificate, X509_VERSION_3) == 1 &&
         ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1) == 1 &&
         ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate), "19700101000000Z") == 1 &&
         ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate), "99991231235959Z") == 1 &&
         X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, Bytes(kName), static_cast<int>(kName.size()), -1, 0) ==
             1 &&
         X509_set_issuer_name(certificate, subject) == 1 && X509_set_pubkey(certificate, key) == 1 &&
         X509_sign(certificate, key, nullptr) > 0;
}

}  // namespace

Certificate::~Certificate() { sodium_memzero(private_key.data(), private_key.size()); }

StatusOr<Certificate> CertificateOf(const KeyPair& pair) {
  const std::string_view seed = pair.seed();
  const Pkey key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, Bytes(seed), seed.size()));
  const Cert certificate(X509_new());
  if (!key || !certificate || !Fill(certificate.get(), key.get())) return Refused("make a certificate");
  const Bio chain(BIO_new(BIO_s_mem())), secret(BIO_new(BIO_s_secmem()));
  if (!chain || !secret || PEM_write_bio_X509(chain.get(), certificate.get()) != 1 ||
      PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return Refused("write a certificate");
  }
  Certificate made;
  made.chain = TextOf(chain.get());
  made.private_key = TextOf(secret.get());
  return made;
}

StatusOr<PublicKey> KeyOfCertificate(x509_st* certificate) {
  EVP_PKEY* const key = certificate == nullptr ? nullptr : X509_get0_pubkey(certificate);
  std::array<unsigned char, PublicKey::kSize> raw{};
  size_t size = raw.size();
  if (key == nullptr || EVP_PKEY_get_id(key) != EVP_PKEY_ED25519 ||
      EVP_PKEY_get_raw_public_key(key, raw.data(), &size) != 1) {
    ERR_clear_error();
    return InvalidArgument("the certificate is not about an Ed25519 key");
  }
  return *PublicKey::FromBytes({reinterpret_cast<const char*>(raw.data()), raw.size()});
}

StatusOr<PublicKey> KeyOfCertificate(std::string_view pem) {
  if (pem.size() > kMaxPemBytes) return InvalidArgument("the certificate is too long to be one of ours");
  const Bio memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const Cert certificate(memory ? PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr) : nullptr);
  if (!certificate) {
    ERR_clear_error();
    return InvalidArgument("what was shown is not a certificate");
  }
  return KeyOfCertificate(certificate.get());
}

}  // namespace daftar
