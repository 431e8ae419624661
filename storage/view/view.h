// The readable copy of a dataset: the same code in server and client.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/base/clock.h"
#include "storage/model/digest.h"
#include "storage/view/changes.h"
#include "storage/view/chunk.h"
#include "storage/view/fill.h"
#include "storage/view/read_view.h"
#include "storage/view/reconcile.h"
#include "storage/view/scope.h"

namespace daftar {

// What a check of all stored bytes found.
struct VerifyReport {
  uint64_t checked = 0;  // records
  struct Damage {
    Uuid id;  // nil if it cannot be told any more
    Rid rid = 0;
    std::string what;  // for people
  };
  std::vector<Damage> records;          // to be fetched again
  std::vector<std::string> tables;      // indexes, to be rebuilt from the records
  std::vector<std::string> miscounted;  // tables of which rows vanished, or appeared, or whose count is damaged
  bool digest_holds = true;             // the records add up to the digest of the head
  bool healthy() const { return records.empty() && tables.empty() && miscounted.empty() && digest_holds; }
  // What is damaged cannot be told, so nothing less than the whole dataset has to be fetched again.
  bool beyond_repair() const { return !digest_holds && records.empty(); }
};

// What a comparison of the text index with the records found.
struct TextIndexCheck {
  uint64_t compared = 0;            // records whose document was looked at
  uint64_t behind = 0;              // records that the index does not hold yet, which is no fault
  uint64_t skipped = 0;             // records that are damaged, or rest on one that is
  uint64_t disagreements = 0;       // records with a wrong document, none or several
  std::vector<Rid> wrong;           // of them, the first few
  std::vector<std::string> faults;  // inside of segments, in words
  bool healthy() const { return disagreements == 0 && faults.empty(); }
  // One sentence.
  std::string InWords() const;
};

// What a session is about.
struct Slice {
  Scope wanted;
  Scope held;  // what the client shows is of this one

  // Places move, and what lies in them then enters or leaves a scope without a change of its own. This is how far they
  // have been looked at in this session, for the client's revision: ChangesAfter goes on from here and says in its
  // batch how far it came.
  Revision places_seen = 0;
  // A place that was made after the client's revision counts as moved if it moved after this one: before, nothing of it
  // was sent.
  Revision new_places_since = 0;
  bool places_moved = false;

  bool everything() const { return wanted.everything() && held.everything(); }
};

// Some of the latest changes, and the state that they were read from.
struct ChangeBatch {
  ChangeSet set;
  std::vector<Rid> gone;  // not to be held: they ended, or do not belong to the scope
  // Places that moved, seen for the first time: what lies in them (LyingIn) has to be sent, or taken back, behind this.
  std::vector<Rid> moved_places;
  Revision places_seen = 0;   // Slice::places_seen from now on
  v1::Position position;      // of the last change that was looked at, or where the scan began
  bool reached_head = false;  // there is nothing behind it in that state
  v1::Checkpoint head;        // of the state, with the digest and the number of records of the scope
  size_t looked_at = 0;       // records, sent or not
  // With reached_head, where nobody knows any more which records ended since the client's revision: those that exist.
  std::optional<v1::LiveRecords> live;
};

// The frame that carries a batch, without a checkpoint.
StatusOr<v1::DeltaFrame> EncodeBatch(const ChangeBatch& batch);

// Records as they are.
struct WholeBatch {
  ChangeSet set;
  std::vector<Rid> gone;  // not to be held: there is none, or it does not belong to the scope
  size_t covered = 0;     // of those asked for, how many this is about
};

// Long work: called with what is done and what there is; false stops it with Cancelled.
using Progress = std::function<bool(uint64_t done, uint64_t total)>;

enum class CompactWhen { kNever, kIfWorth, kAlways };  // storage/view/compaction.h says what is worth it

// What became of a compaction.
struct Compacted {
  bool done = false;  // false: it was not worth it, and nothing was changed
  uint64_t bytes_before = 0, bytes_after = 0;
};

// A copy of a dataset that can be read while it moves from checkpoint to checkpoint. Thread-safe; one writer at a time.
class View {
 public:
  virtual ~View() = default;

  virtual StatusOr<std::unique_ptr<ReadView>> Snapshot() const = 0;

  // The records whose latest change lies behind `from`, for a client that shows revision `since`: the parts set or
  // removed after it, or all of the record where the client does not have it. About `max_bytes` of values, or less, and
  // nothing at all where very many records do not belong to the scope; the position moves on in any case.
  virtual StatusOr<ChangeBatch> ChangesAfter(const v1::Position& from, Revision since, size_t max_bytes,
                                             const Slice& slice) const = 0;
  StatusOr<ChangeBatch> ChangesAfter(const v1::Position& from, Revision since, size_t max_bytes) const {
    return ChangesAfter(from, since, max_bytes, Slice());
  }
  // These records whole, up to about `max_bytes`.
  virtual StatusOr<WholeBatch> WholeRecords(std::span<const Rid> rids, size_t max_bytes, const Scope& scope) const = 0;
  StatusOr<WholeBatch> WholeRecords(std::span<const Rid> rids, size_t max_bytes) const {
    return WholeRecords(rids, max_bytes, Scope());
  }
  // The incidents and alert periods that lie in one of those places. Reads all records.
  virtual StatusOr<std::vector<Rid>> LyingIn(std::span<const Rid> places) const = 0;

  // Keeps a received frame: durable when this returns, not visible before ApplyStaged. InvalidArgument for one that
  // does not decode.
  virtual Status Stage(const v1::DeltaFrame& frame) = 0;
  // How far the staged frames go; nullopt if there are none.
  virtual StatusOr<std::optional<v1::Position>> Staged() const = 0;
  // Gives up what is staged.
  virtual Status DropStaged() = 0;
  // Applies what is staged, and `last` behind it (null: nothing more), and moves the head to the checkpoint, in one
  // transaction, if and only if the digest then is the checkpoint's. DataLoss otherwise: nothing has moved, and records
  // found damaged are noted for repair. What frames.proto says may be left out of a checkpoint is worked out here;
  // InvalidArgument if it cannot be.
  struct Applied {
    uint64_t records = 0, parts = 0, repaired = 0, removed = 0;
    bool mended = false;  // records were sent again because they were damaged or differed
    v1::Checkpoint head;  // what is shown now
  };
  // `history`: kNew where the server's is another one now, and what is staged makes up the difference.
  enum class History { kSame, kNew };
  // `scope`: what is held from then on.
  virtual StatusOr<Applied> ApplyStaged(const v1::Checkpoint& to, const v1::DeltaFrame* last, History history,
                                        const Scope& scope) = 0;
  StatusOr<Applied> ApplyStaged(const v1::Checkpoint& to) { return ApplyStaged(to, nullptr, History::kSame, Scope()); }
  // What is held.
  virtual StatusOr<Scope> HeldScope() const = 0;
  // Removes all records of a replica, for one that is to be filled with others.
  virtual Status Clear() = 0;

  // What is compared where two sides differ and nobody knows why: the sums of what the scope holds of what is here.
  virtual StatusOr<Sums> TakeSums(const Scope& scope) const = 0;
  // For a replica that has nothing.
  virtual ViewFill& fill() = 0;
  // The dictionary that frames may be compressed with (wire_dictionary.h), kept for the sessions to come; empty: none.
  virtual StatusOr<std::string> FrameDictionary() const = 0;
  virtual Status KeepFrameDictionary(std::string_view bytes) = 0;
  // Chunks of the records of one cell, and what there is of that cell: for a server that fills replicas.
  struct Cell {
    std::vector<PackedChunk> chunks;
    Digest sum;
  };
  virtual StatusOr<Cell> CutCell(uint32_t cell, int level) const = 0;
  // The digests of all cells that have records, by number, and the state that they are of.
  virtual StatusOr<std::map<uint32_t, Digest>> CellSums(v1::Checkpoint* head) const = 0;
  // What people look at first, in batches, each record once: what a list of the newest incidents shows, then what these
  // rest on, then the most severe incidents and what they rest on.
  virtual StatusOr<std::vector<std::vector<Rid>>> Front() const = 0;

  // Reads every stored byte again, and notes damaged records for repair.
  virtual StatusOr<VerifyReport> Verify(const Progress& progress) = 0;
  // Verifies, and mends what can be mended here: indexes are rebuilt, frames that cannot be read are dropped to be sent
  // again, entries of the history that cannot be read are given up. What was found; damaged records are noted as above.
  virtual StatusOr<VerifyReport> Mend(const Progress& progress) = 0;
  // Records noted as damaged.
  virtual StatusOr<std::vector<Rid>> Damaged() const = 0;
  // What the text index consists of.
  struct TextIndexState {
    uint64_t behind = 0;     // records that it does not hold yet, or not as they are
    uint64_t documents = 0;  // valid ones
    uint64_t segments = 0;
  };
  virtual StatusOr<TextIndexState> TextIndex() const = 0;
  // Compares every document of the text index with its record; storage/view/index_check.h says how. What is wrong is
  // mended by RebuildIndexes.
  virtual StatusOr<TextIndexCheck> CheckTextIndex(const Clock& clock, const Progress& progress) const = 0;
  // Does one piece of background work: indexes records that are behind, joins segments, once a week reads all records
  // again (rehash.h; what is damaged is noted). False if there was nothing to
  // do. One thread at a time; readers and writers go on meanwhile. `go_on` is asked from time to time; false ends with
  // Cancelled, and nothing is half done.
  virtual StatusOr<bool> Tidy(const Clock& clock, const std::function<bool()>& go_on) = 0;
  // The file that it all lies in.
  struct FileUse {
    uint64_t file_bytes = 0;
    uint64_t free_bytes = 0;  // in pages that hold nothing: used again by later commits, never given back
    bool worth_compacting = false;
    bool compacted_waits = false;  // for the next opening of the folder; a commit until then makes the copy useless
  };
  virtual StatusOr<FileUse> File() const = 0;
  // Writes the file anew without its free pages. The copy takes the place of the file when the folder is opened next,
  // if nothing is committed until then. Readers and writers go on meanwhile; the work is that of writing all data once.
  // Aborted: somebody committed meanwhile; it is to be tried again when it is quiet, not at once. Cancelled:
  // `progress`, called with rows, said so. ResourceExhausted: no room for a copy. DataLoss: damaged; verify first.
  // After any error everything is as it was.
  virtual StatusOr<Compacted> Compact(CompactWhen when, const Progress& progress) const = 0;
  // Builds all indexes anew from the records, in pieces: if it is stopped, the next opening goes on with it. Texts are
  // put behind, for Tidy.
  virtual Status RebuildIndexes(const Progress& progress) = 0;
};

}  // namespace daftar
