#include <algorithm>
#include <memory>
#include <ostream>
#include <string>

#include "server/app/commands.h"
#include "server/core/bundles.h"
#include "server/core/dataset.h"
#include "storage/access/devices.h"
#include "storage/base/bytes.h"
#include "storage/base/files.h"
#include "storage/base/key_file.h"
#include "storage/bundle/file_source.h"
#include "storage/view/tidier.h"

namespace daftar {
namespace {

// "1 record", "3 records".
std::string Counted(uint64_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

// How far the work is: a line on a terminal that is written anew, and gone when this dies.
class StepLine {
 public:
  StepLine(std::ostream* talk, const Clock& clock, std::string doing, std::string unit)
      : talk_(talk), clock_(clock), doing_(std::move(doing)), unit_(std::move(unit)) {}
  ~StepLine() {
    if (shown_) *talk_ << "\r\033[K" << std::flush;
  }
  StepLine(const StepLine&) = delete;
  StepLine& operator=(const StepLine&) = delete;

  // Dies with the line.
  bundle::Steps Steps() {
    return [this](uint64_t done, uint64_t total) {
      const int64_t now = clock_.MonotonicMs();
      if (talk_ != nullptr && (!shown_ || now - shown_ms_ >= kShowEveryMs)) {
        shown_ = true;
        shown_ms_ = now;
        *talk_ << "\r\033[K" << doing_ << ": " << done << (total > 0 ? " of " + std::to_string(total) : "") << " "
               << unit_ << std::flush;
      }
      return true;
    };
  }

 private:
  static constexpr int64_t kShowEveryMs = 100;
  std::ostream* const talk_;
  const Clock& clock_;
  const std::string doing_, unit_;
  int64_t shown_ms_ = 0;
  bool shown_ = false;
};

std::string FileWords(const bundle::Made& made) {
  const std::string size = ", " + HumanBytes(made.bytes);
  if (made.files.size() == 1) return made.files.front() + size;
  return made.files.front() + " to " + made.files.back() + " (" + std::to_string(made.files.size()) +
         " parts; all are needed)" + size;
}

StatusOr<std::vector<PublicKey>> RecipientsOf(const std::vector<std::string>& words) {
  std::vector<PublicKey> keys;
  for (const std::string& word : words) {
    const std::optional<PublicKey> key = PublicKey::Parse(word);
    if (!key) {
      return InvalidArgument("--sealed-for takes a public key, 64 hex digits, not " + word +
                             ". Its owner sees it with: daftarctl key show");
    }
    keys.push_back(*key);
  }
  return keys;
}

// FailedPrecondition is what main takes for a dataset that is in use; a bundle that does not fit is a failure like
// others.
Status NotInUse(const Status& status) {
  if (status.code() != StatusCode::kFailedPrecondition) return status;
  return MakeStatus(StatusCode::kOutOfRange, Message(status));
}

std::string OutcomeWords(const OutboxApplied& done) {
  std::string words;
  const auto add = [&words](uint64_t count, const std::string& what) {
    if (count > 0) words += (words.empty() ? "" : ", ") + std::to_string(count) + " " + what;
  };
  add(done.applied, "applied");
  add(done.merged, "merged with others' changes");
  add(done.unchanged, "already so");
  add(done.conflicts, "in conflict, parked for their author");
  add(done.denied, "refused");
  add(done.repeated, "had arrived before and changed nothing");
  return words;
}

}  // namespace

Status CreateBundle(const BundleMaking& wish, const Clock& clock, Random& random, std::ostream& out,
                    std::ostream* talk) {
  bundle::MakeOptions options;
  DAFTAR_ASSIGN_OR_RETURN(options.bundle.recipients, RecipientsOf(wish.sealed_for));
  options.bundle.part_bytes = wish.part_bytes;
  options.now_ms = clock.NowMs();
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> dataset, Dataset::Open(wish.folder, clock, kProgramSafety));
  StatusOr<bundle::Made> made = [&] {
    StepLine line(talk, clock, "writing", "records");
    options.steps = line.Steps();
    return CreateStateBundle(*dataset, wish.since, wish.file, options, random);
  }();
  if (!made.ok()) return NotInUse(made.status());
  out << "wrote " << FileWords(*made) << ": ";
  if (wish.since) {
    out << "what changed after revision " << made->from << " up to revision " << made->to;
  } else {
    out << "all of revision " << made->to;
  }
  out << ", " << Counted(made->count, "record") << "\nsigned by this server's key "
      << dataset->key().public_key().Fingerprint() << "\nat a workstation: daftarctl bundle apply " << wish.file
      << '\n';
  if (wish.sealed_for.empty())
    out << "it is not sealed: whoever finds the file can read it; --sealed-for KEY prevents that\n";
  return OkStatus();
}

Status ApplyBundle(const BundleTaking& wish, const Clock& clock, Random& random, std::ostream& out,
                   std::ostream* talk) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<std::string> files, bundle::FilesOfBundle(wish.file));
  if (files.empty()) return NotFound("there is no bundle " + wish.file + ", and no part " + wish.file + ".001 of one");
  // Before anything is changed.
  if (!wish.receipts.empty() && Exists(wish.receipts))
    return AlreadyExists("there is a file " + wish.receipts + " already; nothing was changed. Name another one");
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<Dataset> dataset, Dataset::Open(wish.folder, clock, kProgramSafety));
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::Tlp::Code> two_persons, ReadMarking(wish.two_person));
  dataset->RequireTwoPersons(two_persons);
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Device> devices, LoadDevices(DevicesFile(wish.folder)));
  // Whoever brings a bundle may; but one whose workstation may only suggest here holds suggestions.
  const auto pusher_of = [&devices](const PublicKey& signer) {
    const bool suggests = std::any_of(devices.begin(), devices.end(), [&signer](const Device& device) {
      return device.key == signer && device.right == Right::kSuggest;
    });
    return Pusher{.device = std::string(signer.bytes()), .may_not_push = "", .suggests = suggests};
  };
  StatusOr<OutboxApplied> applied = [&] {
    StepLine line(talk, clock, "applying", "edits");
    return ApplyOutboxBundle(*dataset, files, line.Steps(), pusher_of);
  }();
  if (!applied.ok()) return NotInUse(applied.status());
  std::string authors;
  for (const std::string& author : applied->authors) authors += (authors.empty() ? "" : ", ") + author;
  out << "edits " << applied->first_seq << " to " << applied->last_seq << " by " << authors
      << ", signed by the workstation " << applied->signer.Fingerprint() << "\n"
      << OutcomeWords(*applied) << "\nrevision " << applied->from << " → " << applied->to << '\n';
  if (wish.receipts.empty()) {
    out << "the workstation learns that with its next sync, or from a bundle that --receipts FILE writes; apply this "
           "one again for it\n";
  } else {
    bundle::MakeOptions options;
    options.now_ms = clock.NowMs();
    DAFTAR_ASSIGN_OR_RETURN(const bundle::Made made,
                            CreateReceiptsBundle(*dataset, *applied, wish.receipts, options, random));
    out << "wrote " << FileWords(made) << ": the answers, sealed for that workstation. There: daftarctl bundle apply "
        << wish.receipts << '\n';
  }
  return TidyAll(dataset->log().view(), clock, nullptr);
}

Status ShowKey(const std::string& folder, std::ostream& out) {
  const StatusOr<KeyPair> key = LoadKeyFile(folder + "/server.key");
  if (key.status().code() == StatusCode::kNotFound) {
    return NotFound("there is no server's key in " + folder + "; `daftard init --data " + folder +
                    "` makes it with a dataset");
  }
  if (!key.ok()) return key.status();
  out << "fingerprint  " << key->public_key().Fingerprint() << "   to compare by eye or by voice\n"
      << "key          " << key->public_key().ToString()
      << "   for addresses: HOST:PORT/KEY; and for daftarctl bundle: --sealed-for, --trust\n";
  return OkStatus();
}

}  // namespace daftar
