// Bundles that an earlier program wrote: whoever kept a stick can read it for as long as format 1 is read.
#include "storage/base/bytes.h"
#include "tests/unit/storage/bundle/bundle_fixture.h"

namespace daftar::bundle {
namespace {

// By Key(1), with two entries.
constexpr std::string_view kOpen =
    "4441465441526231480000003a0000003a080110021a10616e2065706f6368206f662031362062280952207246598b2bbb969b8e27be"
    "7b4480b96d16d39230bd8003ae881e7af438a0a949b256e027c24c055207e2fb4ff311cef77e4f481df2f495b8526a251d9030c6ba42"
    "0000001f0000002828b52ffd201ff900000000000100000008616e20656e7472790000000200000007616e6f7468657227dcc943cc3f"
    "73b5a6d45e7846a3f5de2cd44b7915193429714b92bb9e19690845000000060000000608021001181f297ed80bc1372405784dfa52f1"
    "0ee86e7c95086e7d80cd6e7d77edcad59fb6617246598b2bbb969b8e27be7b4480b96d16d39230bd8003ae881e7af438a0a94942f890"
    "2774d7d1c948fb5e9c87832c1a0f535bd9d0db540676820d87d3223921b0ba2c75be551186dcb584572bc9aa9e4c9ed78426be8b1fe3"
    "05e8aef8e3f10a";

// The same, sealed for Key(2).
constexpr std::string_view kSealed =
    "4441465441527331ac4dfb46a4859eb609dac8667dc13c60000000015f1304d1e40921d3cfd6f8481335afdedf49d073389117fca138"
    "419e1710e058c3a9c3019bcb6a0f9790fa8ef76c538ae867fbf4094cc89d93cc066a353ea063e57eaa519e9f92421e3301e4293c5a0a"
    "10b512651410ee4af022468d3ef31a58594808f62dd44c8169cad9647e31139425f86f8a7442d4ae353ec90f9d20fff379a82f42ac7b"
    "78ffebbd5b1575c4c86382c2e8feebecd41be3e2e2975e30b2709bf29703dbca3ba59b27d8e82254ef1b0b6acda14c2602d1a8b61365"
    "46fba0117741b86d08fcb0c45f90055be86c4e7710f9b1ba2a35487ec29d8ab3cd1dad0786ca7739c1b1cca90f8851de8bd32e156754"
    "1e712bfc40236edcedd3d656af968a1a3e18825dc61ac9b0c458d96359b27c1e949c4899d05c5b69501ae6e2605a72428c52c041e04e"
    "91fe12ad890067b9b0e5368b62f7c3528365debe40b7e9646c265a91c3ffbe545a69596c9f30b649e37f8fbc60d64e11b184cb4a45f7"
    "e8670d36e7bb0244665b7a6d397145f90d3743d19feb107e3e9067b27ec99d288aaf03f5e04fd8e01f62e2f2e017cf14955c5f2c470a"
    "3f157acca8825582961ad86885823fc3b630bcf319508ab3b1c79c64c6d67d988d5059ef302e96870048e88c67988d2dced8b86f87d0"
    "5ce19d0cb901d9d0a1a1dd75caa487d53245949193ce26a9c8d73a590c1f38ab4177";

class StoredBundleTest : public BundleTest {
 protected:
  const Entries entries_ = {{1, "an entry"}, {2, "another"}};
  const KeyPair its_signer_ = Key(1);
  const KeyPair its_reader_ = Key(2);
};

TEST_F(StoredBundleTest, IsReadOpen) {
  BundleReadOptions options;
  options.trusted = {{its_signer_.public_key()}};
  EXPECT_EQ(*Read(*FromHex(kOpen), options), entries_);
}

TEST_F(StoredBundleTest, IsReadSealed) {
  BundleReadOptions options;
  options.identity = &its_reader_;
  options.trusted = {{its_signer_.public_key()}};
  EXPECT_EQ(*Read(*FromHex(kSealed), options), entries_);
}

TEST_F(StoredBundleTest, HasTheHeaderThatWasWritten) {
  const auto reader = OpenIt(*FromHex(kOpen));
  ASSERT_TRUE(reader.ok()) << reader.status();
  EXPECT_EQ((*reader)->header().kind(), v1::BundleKind::DELTA);
  EXPECT_EQ((*reader)->header().epoch(), "an epoch of 16 b");
  EXPECT_EQ((*reader)->header().to_revision(), 9u);
}

}  // namespace
}  // namespace daftar::bundle
