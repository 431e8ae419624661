// Damage to the file of a closed store: flipped bits, pages zeroed, doubled or from long ago, a file cut short. A child
// process then does what a workstation does: opens, looks, mends, syncs, answers. Allowed: all answers are equal; or
// what is damaged is healed, and then all answers are equal; or the store is refused in words. Never: another answer,
// or the death of the program. DAFTAR_FLIPS=10000 for a longer run, DAFTAR_FLIP=N for the N-th trial alone.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "client/sync/user_store.h"
#include "storage/base/files.h"
#include "storage/view/tidier.h"
#include "tests/power/authority.h"
#include "tests/temporary_folder.h"

namespace daftar::power {
namespace {

constexpr uint64_t kTrials = 500;
constexpr int kBatches = 14;
constexpr size_t kPage = 4096;
constexpr unsigned kLongestLifeSeconds = 60;

enum Damage : int { kBits, kZeroed, kDoubled, kStale, kCut, kDamages };
constexpr const char* kDamageNames[] = {"flipped bits", "a zeroed page", "a doubled page", "a stale page", "cut short"};

// How a child ended.
enum Outcome : int { kHarmless, kOlder, kHealed, kRefused, kSilentlyWrong, kWrongAfterHealing, kDied, kOutcomes };
constexpr const char* kOutcomeNames[] = {"harmless",       "an older state, said so", "healed", "refused in words",
                                         "SILENTLY WRONG", "WRONG AFTER HEALING",     "DIED"};

std::string BytesOf(const std::string& file) { return *ReadFile(file, 1u << 30); }

// The damage of one trial.
Damage Spoil(std::string& bytes, const std::string& earlier, Random& random) {
  const size_t pages = bytes.size() / kPage;
  const auto page = [&] { return random.Below(pages) * kPage; };
  const auto damage = static_cast<Damage>(random.Below(100) < 50 ? 0 : 1 + random.Below(kDamages - 1));
  switch (damage) {
    case kBits:
      for (uint64_t flips = 1 + random.Below(3); flips > 0; --flips) {
        // Half of them where the structure is: at the beginning of a page.
        const size_t at = random.Below(2) == 0 ? random.Below(bytes.size()) : page() + random.Below(96);
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.Below(8)));
      }
      break;
    case kZeroed:
      bytes.replace(page(), kPage, kPage, '\0');
      break;
    case kDoubled: {
      const std::string other = bytes.substr(page(), kPage);
      bytes.replace(page(), kPage, other);
      break;
    }
    case kStale: {
      const size_t at = random.Below(std::min(earlier.size(), bytes.size()) / kPage) * kPage;
      bytes.replace(at, kPage, earlier, at, kPage);
      break;
    }
    default:
      bytes.resize(random.Below(2) == 0 ? page() : random.Below(bytes.size()));
  }
  return damage;
}

class FlipTest : public ::testing::Test {
 protected:
  // Puts damaged bytes there as after a crash.
  void PutFile(const std::string& bytes) {
    std::filesystem::remove_all(ruins_.File("store"));
    std::filesystem::create_directory(ruins_.File("store"));
    std::ofstream(ruins_.File("store/data.mdb"), std::ios::binary) << bytes;
    std::ofstream(ruins_.File("store/open")) << "999999\n";
  }

  template <typename Judge>
  Outcome InChild(bool talk, Judge judge) {
    const pid_t child = ::fork();
    if (child == 0) {
      if (!talk && std::freopen("/dev/null", "w", stderr) == nullptr) ::_exit(kDied);
      ::alarm(kLongestLifeSeconds);
      ::_exit(judge());
    }
    int how = 0;
    ::waitpid(child, &how, 0);
    return WIFEXITED(how) ? static_cast<Outcome>(WEXITSTATUS(how)) : kDied;
  }

  template <typename Judge>
  void Campaign(uint64_t seed, const std::string& bytes, const std::string& earlier, Judge judge) {
    const char* wanted = std::getenv("DAFTAR_FLIPS");
    const char* only = std::getenv("DAFTAR_FLIP");
    const uint64_t trials = wanted == nullptr ? kTrials : std::strtoull(wanted, nullptr, 10);
    const uint64_t first = only == nullptr ? 0 : std::strtoull(only, nullptr, 10);
    std::array<std::array<int, kOutcomes>, kDamages> counts{};
    for (uint64_t trial = first; trial < (only == nullptr ? trials : first + 1); ++trial) {
      SeededRandom random(seed * 1'000'003 + trial);
      std::string spoiled = bytes;
      const Damage damage = Spoil(spoiled, earlier, random);
      PutFile(spoiled);
      const Outcome outcome = InChild(only != nullptr, judge);
      ++counts[damage][outcome];
      if (outcome >= kSilentlyWrong) {
        ADD_FAILURE() << kOutcomeNames[outcome] << " after " << kDamageNames[damage] << ": DAFTAR_FLIP=" << trial;
      }
    }
    for (int damage = 0; damage < kDamages; ++damage) {
      std::cout << kDamageNames[damage] << ":";
      for (int outcome = 0; outcome < kOutcomes; ++outcome) {
        if (counts[damage][outcome] > 0) std::cout << "  " << kOutcomeNames[outcome] << " " << counts[damage][outcome];
      }
      std::cout << "\n";
    }
    if (only != nullptr) return;
    // A campaign that finds no damage, or in which nothing survives, shows nothing.
    int harmless = 0, refused = 0;
    for (const auto& of_damage : counts) {
      harmless += of_damage[kHarmless];
      refused += of_damage[kRefused];
    }
    EXPECT_GT(harmless, 0);
    EXPECT_GT(refused, 0);
  }

  TemporaryFolder ruins_;
};

// What a server sent, so that a child can be served without one.
struct Served {
  std::vector<Batch> batches;
  Batch everything;
  ChangeSet whole;
  v1::Checkpoint head;
};

// Everything that a reader might ask.
StatusOr<std::string> AnswersOf(LmdbView& view, const std::vector<RecordChange>& known) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, view.Snapshot());
  std::string answers;
  for (const RecordChange& change : known) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, read->Get(change.id));
    answers += record ? DisplayName(*record) + record->message().SerializeAsString() : "none";
  }
  for (const Kind kind : {v1::RecordKind::INCIDENT, v1::RecordKind::PLACE, v1::RecordKind::SOURCE}) {
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<Uuid> listed, read->List(kind, 1000));
    for (const Uuid& id : listed) answers += id.ToString();
  }
  DAFTAR_ASSIGN_OR_RETURN(const auto counts, read->CountByKind());
  for (const auto& [kind, count] : counts) answers += std::to_string(kind) + "=" + std::to_string(count);
  for (const char* query : {"cordon", "bord", "\"night patrol\"", "гурӯҳ -river", "country:TJ clash", "2022"}) {
    DAFTAR_ASSIGN_OR_RETURN(const SearchResult found, read->Search({.query = query, .limit = 100}));
    answers += std::to_string(found.total);
    std::vector<std::string> hits;
    for (const SearchHit& hit : found.hits) hits.push_back(hit.id.ToString() + hit.title);
    std::sort(hits.begin(), hits.end());  // equal scores may stand in another order
    for (const std::string& hit : hits) answers += hit;
  }
  return answers;
}

class ReplicaFlipTest : public FlipTest {
 protected:
  ReplicaFlipTest() {
    Authority authority(11);
    TemporaryFolder folder;
    {
      const auto view = *LmdbView::Open(folder.path(), {.map_bytes = 1 << 28, .create = true});
      for (int i = 0; i < kBatches; ++i) {
        if (i == kBatches - 3) earlier_ = BytesOf(folder.File("data.mdb"));
        served_.batches.push_back(authority.Write(3));
        DAFTAR_CHECK(Follow(*view, served_.batches.back()).ok());
        if (i % 4 == 3) DAFTAR_CHECK(TidyAll(*view, authority.clock(), nullptr).ok());
      }
      DAFTAR_CHECK(TidyAll(*view, authority.clock(), nullptr).ok());
      served_.head = authority.head();
      std::vector<Rid> rids;
      for (Rid rid = 1; rid <= served_.head.records(); ++rid) rids.push_back(rid);
      StatusOr<WholeBatch> whole = authority.view().WholeRecords(rids, 64 << 20);
      DAFTAR_CHECK(whole.ok());
      served_.whole = std::move(whole->set);
      answers_ = *AnswersOf(*view, served_.whole.changes);
    }
    bytes_ = BytesOf(folder.File("data.mdb"));
  }

  // Fetches what is noted as damaged, and what came after the state at hand.
  Status Sync(LmdbView& view) const {
    DAFTAR_RETURN_IF_ERROR(view.DropStaged());
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<Rid> damaged, view.Damaged());
    ChangeSet repairs;
    for (const RecordChange& change : served_.whole.changes) {
      if (std::find(damaged.begin(), damaged.end(), change.rid) != damaged.end()) repairs.changes.push_back(change);
    }
    DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, (*view.Snapshot())->Head());
    for (const Batch& batch : served_.batches) {
      if (batch.checkpoint.cursor().revision() <= head.cursor().revision()) continue;
      for (const v1::DeltaFrame& frame : batch.frames) DAFTAR_RETURN_IF_ERROR(view.Stage(frame));
    }
    if (!repairs.changes.empty()) {
      DAFTAR_ASSIGN_OR_RETURN(v1::DeltaFrame frame, EncodeFrame(repairs));
      frame.set_repair(true);
      DAFTAR_RETURN_IF_ERROR(view.Stage(frame));
    }
    return view.ApplyStaged(served_.head).status();
  }

  Outcome Refused(const Status& status) const {
    std::cerr << "refused: " << Message(status) << "\n";
    return Message(status).empty() ? kSilentlyWrong : kRefused;
  }

  Outcome Judge() const {
    auto opened =
        LmdbView::Open(ruins_.File("store"),
                       {.map_bytes = 1 << 28, .create = false, .probe_after_crash = true, .check_after_crash = true});
    if (!opened.ok()) return Refused(opened.status());
    LmdbView& view = **opened;
    const auto report = view.Mend(nullptr);
    if (!report.ok()) return Refused(report.status());
    for (const VerifyReport::Damage& damage : report->records) std::cerr << damage.rid << ": " << damage.what << "\n";
    for (const std::string& table : report->tables) std::cerr << "damaged: " << table << "\n";
    for (const std::string& table : report->miscounted) std::cerr << "miscounted: " << table << "\n";
    if (report->beyond_repair()) return Refused(DataLoss("the replica has to be fetched anew"));
    const auto texts = view.CheckTextIndex(SystemClock(), nullptr);
    if (!texts.ok()) return Refused(texts.status());
    std::cerr << texts->InWords() << "\n";
    if (!texts->healthy() && !view.RebuildIndexes(nullptr).ok()) return kWrongAfterHealing;
    const auto noted = view.Damaged();
    if (!noted.ok()) return Refused(noted.status());
    const auto head = (*view.Snapshot())->Head();
    if (!head.ok()) return Refused(head.status());
    const bool older = head->cursor().revision() < served_.head.cursor().revision();
    // Opening may have mended already.
    const bool healthy = report->healthy() && texts->healthy() && texts->behind == 0 && noted->empty();
    if (healthy && !older) {
      const auto answers = AnswersOf(view, served_.whole.changes);
      if (!answers.ok()) std::cerr << "answers: " << Message(answers.status()) << "\n";
      return answers.ok() && *answers == answers_ ? kHarmless : kSilentlyWrong;
    }
    Status synced = Sync(view);
    for (int again = 0; again < 2 && synced.code() == StatusCode::kDataLoss; ++again) {
      std::cerr << "sync: " << Message(synced) << "\n";
      const auto mended = view.Mend(nullptr);
      if (!mended.ok()) return Refused(mended.status());
      if (mended->beyond_repair()) return Refused(DataLoss("the replica has to be fetched anew"));
      synced = Sync(view);
    }
    if (!synced.ok()) return Refused(synced);
    const Status tidied = TidyAll(view, SystemClock(), nullptr);
    if (!tidied.ok()) std::cerr << "tidying: " << Message(tidied) << "\n";
    const Status whole = CheckStore(view);
    if (!whole.ok()) std::cerr << "afterwards: " << Message(whole) << "\n";
    const auto answers = AnswersOf(view, served_.whole.changes);
    if (!answers.ok()) std::cerr << "answers: " << Message(answers.status()) << "\n";
    const bool right = tidied.ok() && whole.ok() && answers.ok() && *answers == answers_;
    if (!right) return kWrongAfterHealing;
    return healthy ? kOlder : kHealed;
  }

  Served served_;
  std::string bytes_, earlier_, answers_;
};

TEST_F(ReplicaFlipTest, NoDamageToAReplicaKillsTheProgramOrChangesAnAnswer) {
  Campaign(1, bytes_, earlier_, [this] { return Judge(); });
}

class UserFlipTest : public FlipTest {
 protected:
  UserFlipTest() {
    TemporaryFolder folder;
    {
      const auto user = *UserStore::Open(folder.path(), /*create=*/true);
      for (int i = 0; i < 20; ++i) {
        v1::Mutation mutation;
        mutation.set_reason("edit " + std::to_string(i) + std::string(static_cast<size_t>(i) * 200, 'r'));
        DAFTAR_CHECK(user->Queue(mutation).ok());
        if (i == 15) earlier_ = BytesOf(folder.File("data.mdb"));
      }
      answers_ = *Answers(*user);
    }
    bytes_ = BytesOf(folder.File("data.mdb"));
  }

  static StatusOr<std::string> Answers(const UserStore& user) {
    std::string answers;
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::OutboxEntry> outbox, user.Outbox());
    for (const v1::OutboxEntry& entry : outbox) answers += entry.SerializeAsString();
    DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, user.Status());
    return answers + status.SerializeAsString();
  }

  Outcome Judge() const {
    const auto user = UserStore::Open(ruins_.File("store"), /*create=*/false, {.after_crash = true});
    if (!user.ok()) return Message(user.status()).empty() ? kSilentlyWrong : kRefused;
    const auto answers = Answers(**user);
    if (!answers.ok()) return Message(answers.status()).empty() ? kSilentlyWrong : kRefused;
    return *answers == answers_ ? kHarmless : kSilentlyWrong;
  }

  std::string bytes_, earlier_, answers_;
};

TEST_F(UserFlipTest, NoDamageToTheUsersStoreKillsTheProgramOrLosesAnEditInSilence) {
  Campaign(2, bytes_, earlier_, [this] { return Judge(); });
}

}  // namespace
}  // namespace daftar::power
