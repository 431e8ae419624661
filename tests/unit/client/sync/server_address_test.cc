#include "client/sync/server_address.h"

#include <gtest/gtest.h>

namespace daftar {
namespace {

const std::string kKey(64, 'a');

TEST(ServerAddressTest, WithAKeyItMayBeAnywhere) {
  const auto read = ReadServerAddress("daftar.example.org:7700/" + kKey);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->host, "daftar.example.org");
  EXPECT_EQ(read->port, 7700);
  EXPECT_EQ(read->where, "daftar.example.org:7700");
  EXPECT_EQ(read->key->ToString(), kKey);
}

TEST(ServerAddressTest, AnAddressOfSixteenBytesStandsInBrackets) {
  const auto read = ReadServerAddress("[2001:db8::1]:7700/" + kKey);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->host, "2001:db8::1");
  EXPECT_EQ(read->where, "[2001:db8::1]:7700");
}

TEST(ServerAddressTest, WithoutAKeyItIsOnThisMachine) {
  for (const char* address : {"127.0.0.1:7700", "127.1.2.3:1", "localhost:7700", "[::1]:7700"}) {
    const auto read = ReadServerAddress(address);
    EXPECT_TRUE(read.ok() && !read->key) << address;
  }
  for (const char* address : {"192.0.2.1:7700", "example.org:7700", "[2001:db8::1]:7700", "128.0.0.1:7700"}) {
    EXPECT_EQ(ReadServerAddress(address).status().code(), StatusCode::kFailedPrecondition) << address;
  }
}

TEST(ServerAddressTest, HalfAKeyIsNoKeyRatherThanPlaintext) {
  for (const std::string& key : {std::string(), kKey.substr(1), kKey + "a", std::string(64, 'x'), "/" + kKey}) {
    EXPECT_EQ(ReadServerAddress("127.0.0.1:7700/" + key).status().code(), StatusCode::kInvalidArgument) << key;
  }
}

TEST(ServerAddressTest, PeopleSeeTheFingerprint) {
  const std::string shown = AddressForPeople("example.org:7700/" + kKey);
  EXPECT_EQ(shown, "example.org:7700, key " + PublicKey::Parse(kKey)->Fingerprint());
  EXPECT_EQ(AddressForPeople("127.0.0.1:7700"), "127.0.0.1:7700");
}

}  // namespace
}  // namespace daftar
