// The authority: what the order of commits is and what each of them changed. Reading never touches it; a View does
// that.
//
// The interface is cut so that another engine (PostgreSQL, say) can stand behind it and several servers each keep a
// View.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "daftar/v1/commit.pb.h"
#include "daftar/v1/store.pb.h"
#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "storage/base/status.h"
#include "storage/model/record.h"
#include "storage/view/safety.h"
#include "storage/view/view.h"

namespace daftar {

inline constexpr size_t kMostDevicesOfClient = 16;

// Thread-safe; Commit from one thread at a time.
class LogStore {
 public:
  virtual ~LogStore() = default;

  // Epoch, revision, chain, digest, records.
  virtual StatusOr<v1::Checkpoint> Head() const = 0;

  // Judges, orders and stores a group of mutations in one durable transaction. The answer to each, in order: durable
  // when this returns, and the same for ever for the same (client, seq). Aborted for a mutation whose predecessor of
  // the same client is missing; the others are not touched by it. Any error of the whole call: nothing of the group is
  // stored.
  virtual StatusOr<std::vector<StatusOr<v1::PushResult>>> Commit(std::span<const v1::Mutation> mutations) = 0;

  // Answers a mutation that its sender may not make: DENIED, for those reasons, in its place in the client's order, and
  // for ever like any other answer; what was answered before stays so. Errors as Commit's. REQUIRES: a reason.
  virtual StatusOr<v1::PushResult> Deny(const v1::Mutation& mutation, std::span<const v1::FieldError> reasons) = 0;
  // The same, with one reason at each record that it edits.
  StatusOr<v1::PushResult> Deny(const v1::Mutation& mutation, const std::string& reason);

  // Remembers that a client pushes by a device (its key, 32 bytes): durable when it returns. Of a client as many are
  // known as kMostDevicesOfClient; more are not added. As Commit, from one thread at a time.
  virtual Status NoteDevice(std::string_view client, std::string_view device) = 0;
  // The devices by which a client has pushed; empty: none is known.
  virtual StatusOr<std::vector<std::string>> DevicesOf(std::string_view client) const = 0;

  // Ends records that were retired before `retired_before_ms` and that nothing points at any more, at most `most` of
  // them, as one revision; forgets which records ended before `forget_before_ms`, so that replicas from before then are
  // told which ones there are. Times are the server's. How many ended. As Commit, from one thread at a time.
  virtual StatusOr<size_t> Expire(int64_t retired_before_ms, int64_t forget_before_ms, size_t most) = 0;

  // The stored answer; nullopt if the mutation never arrived.
  virtual StatusOr<std::optional<v1::PushResult>> Resolve(std::string_view client, uint64_t seq) const = 0;
  // The last number of that client with an answer; 0: none.
  virtual StatusOr<uint64_t> LastSeq(std::string_view client) const = 0;
  // The chain at a revision; nullopt if it is not known (any more, or it never was).
  virtual StatusOr<std::optional<std::string>> ChainAt(Revision revision) const = 0;
  // Log entries with a revision > from, ascending, at most `limit`.
  virtual StatusOr<std::vector<v1::LogEntry>> ReadLog(Revision from, size_t limit) const = 0;
  // Parts that pushes wanted to change and others had changed, parked until a person decides; at most `limit`.
  virtual StatusOr<std::vector<v1::Conflict>> Conflicts(size_t limit) const = 0;

  // The view that is kept in step with the log: the same transaction moves both.
  virtual const View& view() const = 0;
  // For checking it; only Commit changes what it holds.
  virtual View& view() = 0;
};

// The default tenant: log and view in one LMDB environment.
class LmdbLogStore {
 public:
  static StatusOr<std::unique_ptr<LogStore>> Create(const std::string& folder, const Clock& clock, Random& random);
  static StatusOr<std::unique_ptr<LogStore>> Open(const std::string& folder, const Clock& clock,
                                                  const Safety& safety = {});
};

}  // namespace daftar
