#include "storage/bundle/carried_state.h"

#include <utility>

#include "daftar/v1/frames.pb.h"
#include "storage/bundle/entries.h"
#include "storage/view/changes.h"

namespace daftar::bundle {
namespace {

// Values in one entry, at most. Small enough for what a frame may hold, whatever the records look like.
constexpr size_t kFrameBytes = 512 << 10;

std::string Words(Revision revision) { return "revision " + std::to_string(revision); }

// What of a frame belongs into a bundle.
v1::DeltaFrame Bare(v1::DeltaFrame&& frame) {
  v1::DeltaFrame bare;
  bare.set_body(std::move(*frame.mutable_body()));
  bare.set_raw_size(frame.raw_size());
  bare.set_dictionary(frame.dictionary());
  return bare;
}

StatusOr<v1::Checkpoint> HeadOf(const View& view) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> snapshot, view.Snapshot());
  return snapshot->Head();
}

// The first entry: what all others lead to.
StatusOr<v1::Checkpoint> TakeCheckpoint(BundleReader& reader) {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Entry> first, reader.Next());
  if (!first) return InvalidArgument("the bundle holds nothing");
  DAFTAR_ASSIGN_OR_RETURN(v1::Checkpoint checkpoint, ParseEntry<v1::Checkpoint>(*first, kCheckpoint));
  const v1::Cursor& cursor = checkpoint.cursor();
  if (cursor.epoch() != reader.header().epoch() || cursor.revision() != reader.header().to_revision() ||
      cursor.chain().empty() || checkpoint.digest().empty())
    return InvalidArgument("the bundle leads elsewhere than it says; the program that made it is at fault");
  return checkpoint;
}

// nullopt after the last frame.
StatusOr<std::optional<v1::DeltaFrame>> NextFrame(BundleReader& reader) {
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<Entry> entry, reader.Next());
  if (!entry) return std::optional<v1::DeltaFrame>();
  DAFTAR_ASSIGN_OR_RETURN(v1::DeltaFrame frame, ParseEntry<v1::DeltaFrame>(*entry, kChanges));
  return std::optional(Bare(std::move(frame)));
}

// Whether the bundle leads this replica anywhere; FailedPrecondition if it cannot.
StatusOr<bool> Leads(const v1::BundleHeader& header, const v1::Checkpoint& to, const v1::Cursor& at) {
  const bool has_nothing = at.chain().empty();
  if (!has_nothing && at.epoch() != header.epoch()) {
    return FailedPrecondition(
        "the bundle is of another history than this replica: it was made from another server, or the server was "
        "restored. Nothing was changed here; ask who made it");
  }
  if (!has_nothing && at.revision() == header.to_revision() && at.chain() != to.cursor().chain()) {
    return FailedPrecondition("this replica and the bundle know different histories of " + Words(at.revision()) +
                              ": the server was restored. Nothing was changed here; ask the server's keeper");
  }
  if (!has_nothing && at.revision() >= header.to_revision()) return false;
  const Revision from = header.kind() == v1::BundleKind::SNAPSHOT ? 0 : header.from_revision();
  if (at.revision() >= from) return true;
  const std::string here = has_nothing ? "this replica has nothing yet" : "this replica is at " + Words(at.revision());
  const std::string needed = has_nothing
                                 ? "a snapshot (made without --since)"
                                 : "one made with --since " + std::to_string(at.revision()) + " or less, or a snapshot";
  return FailedPrecondition(here + ", and the bundle holds only what changed after " + Words(from) +
                            ". Nothing was changed; this replica needs " + needed);
}

Status StageAll(View& view, BundleReader& reader, const Steps& steps) {
  for (uint64_t done = 1;; ++done) {
    DAFTAR_RETURN_IF_ERROR(Step(steps, done, reader.totals().entries));
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::DeltaFrame> frame, NextFrame(reader));
    if (!frame) return OkStatus();
    DAFTAR_RETURN_IF_ERROR(view.Stage(*frame));
  }
}

}  // namespace

StatusOr<Made> MakeState(const Maker& maker, const View& view, const StateWish& wish) {
  DAFTAR_ASSIGN_OR_RETURN(v1::Checkpoint head, HeadOf(view));
  const Revision to = head.cursor().revision();
  const Revision since = wish.since.value_or(0);
  if (head.cursor().chain().empty())
    return FailedPrecondition("there is nothing here yet that a bundle could carry; sync first, or apply a snapshot");
  DAFTAR_ASSIGN_OR_RETURN(const Scope held, view.HeldScope());
  if (!held.everything()) {
    return FailedPrecondition(
        "this replica holds a slice, which nobody else could compare with the server's data; make the bundle where "
        "everything is held. No bundle was made");
  }
  if (since > to) {
    return InvalidArgument("the data here is at " + Words(to) + ": nothing is known of what changed after " +
                           Words(since) + ". No bundle was made");
  }
  if (wish.since && since == to)
    return FailedPrecondition("nothing has changed since " + Words(since) + ". No bundle was made");
  if (wish.server_ms) head.set_server_ms(*wish.server_ms);

  v1::BundleHeader header;
  header.set_kind(wish.since ? v1::BundleKind::DELTA : v1::BundleKind::SNAPSHOT);
  header.set_epoch(head.cursor().epoch());
  header.set_from_revision(since);
  header.set_to_revision(to);
  header.set_created_ms(wish.make.now_ms);
  header.set_client(wish.client);
  DAFTAR_ASSIGN_OR_RETURN(const auto writer,
                          BundleWriter::Create(maker.path, header, maker.key, wish.make.bundle, maker.random));
  DAFTAR_RETURN_IF_ERROR(writer->Add(kCheckpoint, head.SerializeAsString()));

  uint64_t records = 0;
  v1::Position position;
  position.set_revision(since);
  position.set_rid(UINT32_MAX);
  for (bool reached = false; !reached;) {
    DAFTAR_RETURN_IF_ERROR(Step(wish.make.steps, records, wish.since ? 0 : head.records()));
    DAFTAR_ASSIGN_OR_RETURN(const ChangeBatch batch, view.ChangesAfter(position, since, kFrameBytes));
    if (batch.head.cursor().revision() != to)
      return Aborted("the data moved on while the bundle was written; no bundle was made, run it again");
    reached = batch.reached_head;
    const bool empty = batch.set.changes.empty() && batch.gone.empty() && !batch.live;
    if (empty && !reached) return Internal("the list of changes made no progress");
    if (empty) break;
    DAFTAR_ASSIGN_OR_RETURN(const v1::DeltaFrame frame, EncodeBatch(batch));
    DAFTAR_RETURN_IF_ERROR(writer->Add(kChanges, frame.SerializeAsString()));
    records += batch.set.changes.size();
    position = batch.position;
  }
  return FinishBundle(*writer, header, records);
}

StatusOr<StateApplied> ApplyState(View& view, BundleReader& reader, const Steps& steps) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, HeadOf(view));
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint to, TakeCheckpoint(reader));
  DAFTAR_ASSIGN_OR_RETURN(const bool leads, Leads(reader.header(), to, head.cursor()));
  StateApplied done{.from = head.cursor().revision(), .to = head.cursor().revision(), .nothing_new = !leads};
  if (!leads) return done;
  DAFTAR_ASSIGN_OR_RETURN(const Scope held, view.HeldScope());
  if (!held.everything()) {
    return FailedPrecondition(
        "this replica holds a slice, and the bundle is of everything; widen the scope, or sync with the server. "
        "Nothing was "
        "changed");
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::StoredFill> fill, view.fill().State());
  if (fill) {
    return FailedPrecondition(
        "this replica is being filled by its server, and half of it is there; end that with a sync. Nothing was "
        "changed");
  }

  DAFTAR_RETURN_IF_ERROR(view.DropStaged());
  if (const Status staged = StageAll(view, reader, steps); !staged.ok()) {
    DAFTAR_RETURN_IF_ERROR(view.DropStaged());
    return staged;
  }
  const StatusOr<View::Applied> applied = view.ApplyStaged(to);
  if (applied.status().code() == StatusCode::kDataLoss) {
    // Find out what is damaged, so that the next session with the server can ask for just that.
    DAFTAR_RETURN_IF_ERROR(view.Mend(nullptr).status());
    return DataLoss(
        "with the bundle this replica would not be equal to the one that made it, so nothing was changed: records are "
        "damaged here, or the two know different histories. A sync with the server mends the former; " +
        Message(applied.status()));
  }
  DAFTAR_RETURN_IF_ERROR(applied.status());
  done.to = applied->head.cursor().revision();
  done.records = applied->records;
  done.parts = applied->parts;
  return done;
}

StatusOr<StateContent> LookAtState(BundleReader& reader, const Steps& steps) {
  StateContent content;
  DAFTAR_RETURN_IF_ERROR(reader.Rewind());
  DAFTAR_ASSIGN_OR_RETURN(content.checkpoint, TakeCheckpoint(reader));
  for (uint64_t done = 1;; ++done) {
    DAFTAR_RETURN_IF_ERROR(Step(steps, done, reader.totals().entries));
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::DeltaFrame> frame, NextFrame(reader));
    if (!frame) break;
    DAFTAR_ASSIGN_OR_RETURN(const ChangeSet set, DecodeFrame(*frame));
    content.records += set.changes.size();
  }
  DAFTAR_RETURN_IF_ERROR(reader.Rewind());
  return content;
}

}  // namespace daftar::bundle
