#include "server/core/bundles.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "storage/bundle/bundle_reader.h"
#include "storage/bundle/carried_edits.h"
#include "storage/bundle/carried_state.h"

namespace daftar {
namespace {

using bundle::BundleReader;

constexpr size_t kGroup = 64;  // edits in one transaction

// Whether the server may take those edits: the questions that a hello is asked.
Status CheckOutbox(Dataset& dataset, const v1::BundleHeader& header, const bundle::OutboxContent& content) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, dataset.log().Head());
  if (!content.shown.chain().empty()) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<std::string> chain, dataset.log().ChainAt(content.shown.revision()));
    if (content.shown.epoch() != head.cursor().epoch() || !chain || *chain != content.shown.chain()) {
      return FailedPrecondition(
          "the edits were made on another history than this dataset's: it is another server's, or it was restored "
          "from an older backup. Nothing was changed; the workstation has its edits still, and a sync settles it");
    }
  }
  DAFTAR_ASSIGN_OR_RETURN(const uint64_t last, dataset.log().LastSeq(header.client()));
  if (content.first_seq <= last + 1 || (last == 0 && content.begins)) return OkStatus();
  return FailedPrecondition("the bundle begins with edit " + std::to_string(content.first_seq) +
                            " of its workstation, and edit " + std::to_string(last + 1) +
                            " never arrived here. Nothing was changed; apply the bundle before it first, or have a new "
                            "one made, which holds all that wait");
}

// Submits what it is given as pushes, and commits them in groups.
class Pushing {
 public:
  // Edits up to `last_before` have their answer already.
  Pushing(Dataset& dataset, Pusher by, uint64_t last_before, OutboxApplied& done)
      : dataset_(dataset), by_(std::move(by)), last_before_(last_before), done_(done) {}

  Status Push(v1::Mutation edit) {
    done_.authors.insert(edit.author());
    DAFTAR_RETURN_IF_ERROR(dataset_.Submit(
        std::move(edit),
        [this](StatusOr<v1::PushResult> result) {
          if (!result.ok()) {
            if (failure_.ok()) failure_ = result.status();
            return;
          }
          if (result->seq() <= last_before_) {
            ++done_.repeated;
          } else {
            done_.Count(*result);
          }
          done_.answers.push_back(*std::move(result));
        },
        by_));
    return ++waiting_ < kGroup ? OkStatus() : Flush();
  }
  Status Flush() {
    while (waiting_ > 0) {
      DAFTAR_ASSIGN_OR_RETURN(const size_t committed, dataset_.CommitPending());
      if (committed == 0) return Internal("the dataset lost edits that were submitted");
      waiting_ -= std::min(waiting_, committed);
      DAFTAR_RETURN_IF_ERROR(failure_);
    }
    return OkStatus();
  }

 private:
  Dataset& dataset_;
  const Pusher by_;
  const uint64_t last_before_;
  OutboxApplied& done_;
  size_t waiting_ = 0;
  Status failure_;
};

}  // namespace

StatusOr<bundle::Made> CreateStateBundle(Dataset& dataset, std::optional<Revision> since, const std::string& path,
                                         const bundle::MakeOptions& options, Random& random) {
  return bundle::MakeState({dataset.key(), random, path}, dataset.view(),
                           {.since = since, .client = "", .server_ms = dataset.clock().NowMs(), .make = options});
}

StatusOr<OutboxApplied> ApplyOutboxBundle(Dataset& dataset, const std::vector<std::string>& files,
                                          const bundle::Steps& steps, const PusherOf& pusher_of) {
  bundle::BundleReadOptions read;
  read.identity = &dataset.key();
  read.now_ms = dataset.clock().NowMs();
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<BundleReader> reader, BundleReader::Open(files, read));
  if (reader->header().kind() != v1::BundleKind::OUTBOX) {
    return FailedPrecondition(
        "a server takes outboxes only (daftarctl bundle create --outbox). This is for workstations: daftarctl bundle "
        "apply. Nothing was changed");
  }
  DAFTAR_ASSIGN_OR_RETURN(const bundle::OutboxContent content, bundle::LookAtOutbox(*reader));
  DAFTAR_RETURN_IF_ERROR(CheckOutbox(dataset, reader->header(), content));

  OutboxApplied done;
  done.signer = reader->signer();
  done.client = reader->header().client();
  done.first_seq = content.first_seq;
  done.last_seq = content.last_seq;
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint before, dataset.log().Head());
  DAFTAR_ASSIGN_OR_RETURN(const uint64_t last, dataset.log().LastSeq(done.client));
  Pushing pushing(dataset, pusher_of ? pusher_of(done.signer) : Pusher(), last, done);
  uint64_t taken = 0;
  const Status pushed = bundle::ForEachEdit(*reader, [&](v1::Mutation edit) -> Status {
    DAFTAR_RETURN_IF_ERROR(bundle::Step(steps, taken++, content.edits));
    return pushing.Push(std::move(edit));
  });
  // What was submitted is committed, whatever came behind it.
  DAFTAR_RETURN_IF_ERROR(pushing.Flush());
  DAFTAR_RETURN_IF_ERROR(pushed);
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint after, dataset.log().Head());
  done.from = before.cursor().revision();
  done.to = after.cursor().revision();
  return done;
}

StatusOr<bundle::Made> CreateReceiptsBundle(Dataset& dataset, const OutboxApplied& outbox, const std::string& path,
                                            bundle::MakeOptions options, Random& random) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, dataset.log().Head());
  options.bundle.recipients = {outbox.signer};
  options.bundle.open = false;
  return bundle::MakeReceipts({dataset.key(), random, path}, outbox.client, head.cursor(), outbox.answers, options);
}

}  // namespace daftar
