// Hashes are stored and signed: these values never change.
#include "storage/base/hash.h"

#include <gtest/gtest.h>

#include "storage/base/bytes.h"

namespace daftar {
namespace {

TEST(HashTest, NeverChanges) {
  EXPECT_EQ(ToHex(AsBytes(HashOf("daftar.test.v1", {"one", "two"}))),
            "801a4cae1eee479298eca6d9ec18415f6b8ab5cad576675fbe11cf53cba7689c");
}

TEST(HashTest, OfEightBytesIsTheBeginningOfTheWhole) {
  std::string eight;
  PutU64(eight, Hash64("daftar.test.v1", {"one", "two"}));
  EXPECT_EQ(eight, AsBytes(HashOf("daftar.test.v1", {"one", "two"})).substr(0, 8));
}

TEST(HashTest, DiffersByDomain) { EXPECT_NE(HashOf("a", {"x"}), HashOf("b", {"x"})); }

TEST(HashTest, DiffersByWhereThePiecesAreCut) {
  EXPECT_NE(HashOf("a", {"one", "two"}), HashOf("a", {"onet", "wo"}));
  EXPECT_NE(HashOf("a", {"one"}), HashOf("a", {"one", ""}));
}

TEST(ToHash256Test, PadsWithZeros) { EXPECT_EQ(ToHex(AsBytes(ToHash256("\xff"))), "ff" + std::string(62, '0')); }

TEST(ToHash256Test, TakesTheFirst32Bytes) { EXPECT_EQ(AsBytes(ToHash256(std::string(40, 'x'))), std::string(32, 'x')); }

}  // namespace
}  // namespace daftar
