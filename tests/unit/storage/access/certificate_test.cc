#include "storage/access/certificate.h"

#include <gtest/gtest.h>

#include "storage/base/random.h"

namespace daftar {
namespace {

class CertificateTest : public ::testing::Test {
 protected:
  SeededRandom random_{7};
  KeyPair pair_ = KeyPair::Generate(random_);
};

TEST_F(CertificateTest, IsAboutTheKeyThatItWasMadeOf) {
  const StatusOr<Certificate> made = CertificateOf(pair_);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(*KeyOfCertificate(made->chain), pair_.public_key());
}

TEST_F(CertificateTest, IsTheSameEachTime) { EXPECT_EQ(CertificateOf(pair_)->chain, CertificateOf(pair_)->chain); }

TEST_F(CertificateTest, ShowsNothingOfTheSecret) {
  const StatusOr<Certificate> made = CertificateOf(pair_);
  EXPECT_NE(made->private_key.find("BEGIN PRIVATE KEY"), std::string::npos);
  EXPECT_EQ(made->chain.find("PRIVATE"), std::string::npos);
}

TEST_F(CertificateTest, WhatIsNoneIsRefused) {
  const std::string whole = CertificateOf(pair_)->chain;
  for (const std::string& pem :
       {std::string(), std::string("nothing"), whole.substr(0, whole.size() / 2), std::string(20'000, 'A')}) {
    EXPECT_EQ(KeyOfCertificate(pem).status().code(), StatusCode::kInvalidArgument) << pem.size();
  }
}

// Made with: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=x
TEST_F(CertificateTest, OneOfAnotherKindOfKeyIsRefused) {
  constexpr char kOther[] = R"(-----BEGIN CERTIFICATE-----
MIIBcDCCARWgAwIBAgIUXgbeTAmzPBmklUdjEjWTPjE+ukUwCgYIKoZIzj0EAwIw
DDEKMAgGA1UEAwwBeDAgFw0yNjExMjIyMjAxMzBaGA8yMTI2MTAyOTIyMDEzMFow
DDEKMAgGA1UEAwwBeDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABFhjZ+9zvc1N
PW849sxOQNroRniYVxaWjSPxYBJJ2KW6BmU6VlZ5+GQVkuG0ThlrY6CiNd79QDgA
pVR5pHA1AbujUzBRMB0GA1UdDgQWBBRbJ9uIaobnW1O/Tq7YTsy9dvIEEzAfBgNV
HSMEGDAWgBRbJ9uIaobnW1O/Tq7YTsy9dvIEEzAPBgNVHRMBAf8EBTADAQH/MAoG
CCqGSM49BAMCA0kAMEYCIQDpWUZU/kgzj+oI6uSh4OMQthx+d61MuWryAEsZ3GJI
6wIhAIpq+JsRDVjpaNwwK4jlBtXCrzxJkKwIxu0w9XeQbmU+
-----END CERTIFICATE-----
)";
  const Status refused = KeyOfCertificate(kOther).status();
  EXPECT_EQ(refused.code(), StatusCode::kInvalidArgument);
  EXPECT_NE(refused.message().find("Ed25519"), std::string::npos) << refused;
}

}  // namespace
}  // namespace daftar
