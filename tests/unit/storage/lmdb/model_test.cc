// Random work under a seed, compared with a std::map after every step.
#include <map>
#include <string>

#include "storage/base/random.h"
#include "storage/lmdb/check.h"
#include "tests/unit/storage/lmdb/environment_fixture.h"

namespace daftar::lmdb {
namespace {

using Model = std::map<std::string, std::string>;

class ModelTest : public EnvironmentTest {
 protected:
  // Short keys over few letters, so that keys meet and prefixes are shared; values from none to several pages.
  std::string RandomKey() {
    std::string key;
    for (uint64_t left = 1 + random_.Below(6); left > 0; --left) key += "abc\xff"[random_.Below(4)];
    return key;
  }
  std::string RandomValue() {
    const uint64_t limit = random_.Below(10) == 0 ? 9000 : 300;
    return std::string(random_.Below(limit), static_cast<char>(random_.Next()));
  }

  void ChangeSomething(WriteTxn& txn, Model& model) {
    const std::string key = RandomKey();
    const uint64_t dice = random_.Below(1000);
    if (dice == 0) {
      ASSERT_TRUE(txn.Clear(records()).ok());
      model.clear();
    } else if (dice < 400) {
      ASSERT_TRUE(txn.Delete(records(), key).ok());
      model.erase(key);
    } else {
      const std::string value = RandomValue();
      ASSERT_TRUE(txn.Put(records(), key, value).ok());
      model[key] = value;
    }
  }

  void CompareWalks(const ReadTxn& txn, const Model& model) {
    const std::string prefix = random_.Below(4) == 0 ? "" : RandomKey().substr(0, 2);
    const std::string from = RandomKey();
    auto expected = model.lower_bound(std::max(from, prefix));
    Cursor up = txn.Seek(records(), from, prefix);
    for (; up.valid(); up.Next(), ++expected) {
      ASSERT_TRUE(expected != model.end());
      ASSERT_EQ(up.key(), expected->first);
      ASSERT_EQ(up.value(), expected->second);
    }
    ASSERT_TRUE(up.status().ok()) << up.status();
    ASSERT_TRUE(expected == model.end() || !expected->first.starts_with(prefix));

    std::vector<std::string> below;
    for (auto it = model.lower_bound(prefix); it != model.end() && it->first.starts_with(prefix); ++it) {
      below.push_back(it->first);
    }
    for (Cursor down = txn.SeekLast(records(), prefix); down.valid(); down.Prev()) {
      ASSERT_FALSE(below.empty());
      ASSERT_EQ(down.key(), below.back());
      below.pop_back();
    }
    ASSERT_TRUE(below.empty());
  }

  // One transaction of up to 200 changes, kept or given up.
  void RunTransaction() {
    Model changed = model_;
    WriteTxn txn = BeginWrite();
    for (uint64_t left = random_.Below(200); left > 0; --left, ++changes_) ChangeSomething(txn, changed);
    CompareWalks(txn, changed);
    if (random_.Below(4) == 0) return;
    ASSERT_TRUE(txn.Commit().ok());
    model_ = std::move(changed);
  }

  SeededRandom random_{20231031};
  Model model_;
  int changes_ = 0;
};

TEST_F(ModelTest, EqualsAMapThroughTwentyThousandChangesAndReopens) {
  while (changes_ < 20'000 && !HasFailure()) {
    RunTransaction();
    CompareWalks(BeginRead(), model_);
    const StatusOr<TableCheck> check = CheckTable(*env_, records());
    ASSERT_TRUE(check.ok() && check->healthy()) << check->InWords();
    if (random_.Below(3) == 0) Reopen();
    ASSERT_TRUE(env_->recounted().empty());
  }
  const auto everything = Everything();
  EXPECT_TRUE(std::equal(everything.begin(), everything.end(), model_.begin(), model_.end(),
                         [](const auto& entry, const auto& expected) {
                           return entry.first == expected.first && entry.second == expected.second;
                         }));
}

}  // namespace
}  // namespace daftar::lmdb
