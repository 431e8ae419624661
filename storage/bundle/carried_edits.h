// Outboxes and receipts: edits on their way to the server, and its answers on their way back.
//
// Both may be carried and applied any number of times: an edit is known by its client and number, and is always
// answered as it was first.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "daftar/v1/commit.pb.h"
#include "storage/base/status.h"
#include "storage/bundle/bundle_reader.h"
#include "storage/bundle/made.h"

namespace daftar::bundle {

// `shown`: what the client's replica shows; empty: nothing. InvalidArgument if there are no edits.
StatusOr<Made> MakeOutbox(const Maker& maker, const std::string& client, const v1::Cursor& shown,
                          std::span<const v1::Mutation> edits, const MakeOptions& options);
// `head`: of the server that answers.
StatusOr<Made> MakeReceipts(const Maker& maker, const std::string& client, const v1::Cursor& head,
                            std::span<const v1::PushResult> answers, const MakeOptions& options);

// What an outbox holds.
struct OutboxContent {
  v1::Cursor shown;  // empty: the replica had nothing
  uint64_t first_seq = 0, last_seq = 0;
  bool begins = false;  // nothing of this client comes before the first
  uint64_t edits = 0;
};
// Reads it to the end: every edit is one, all are the client's, and no number is missing between them; else
// InvalidArgument. The reader is at its beginning again.
StatusOr<OutboxContent> LookAtOutbox(BundleReader& reader);
// Hands out the edits in order. The first error ends it.
Status ForEachEdit(BundleReader& reader, const std::function<Status(v1::Mutation)>& take);

// How many answers there are; every one is an answer, else InvalidArgument. The reader is at its beginning again.
StatusOr<uint64_t> LookAtReceipts(BundleReader& reader);
Status ForEachAnswer(BundleReader& reader, const std::function<Status(const v1::PushResult&)>& take);

}  // namespace daftar::bundle
