#include "storage/bundle/carried_edits.h"

#include <optional>
#include <utility>

#include "storage/bundle/entries.h"

namespace daftar::bundle {
namespace {

Status MadeWrongly(const std::string& what) {
  return InvalidArgument(what + "; the program that made the bundle is at fault. Nothing was changed");
}

template <typename Message>
StatusOr<Made> Make(const Maker& maker, v1::BundleHeader header, const std::optional<v1::Cursor>& cursor,
                    std::span<const Message> messages, EntryType type, const MakeOptions& options) {
  header.set_created_ms(options.now_ms);
  DAFTAR_ASSIGN_OR_RETURN(const auto writer,
                          BundleWriter::Create(maker.path, header, maker.key, options.bundle, maker.random));
  if (cursor) DAFTAR_RETURN_IF_ERROR(writer->Add(kCursor, cursor->SerializeAsString()));
  uint64_t count = 0;
  for (const Message& message : messages) {
    DAFTAR_RETURN_IF_ERROR(Step(options.steps, count++, messages.size()));
    DAFTAR_RETURN_IF_ERROR(writer->Add(type, message.SerializeAsString()));
  }
  return FinishBundle(*writer, header, count);
}

}  // namespace

StatusOr<Made> MakeOutbox(const Maker& maker, const std::string& client, const v1::Cursor& shown,
                          std::span<const v1::Mutation> edits, const MakeOptions& options) {
  if (edits.empty()) return InvalidArgument("there are no edits to carry; no bundle was made");
  v1::BundleHeader header;
  header.set_kind(v1::BundleKind::OUTBOX);
  header.set_epoch(shown.epoch());
  header.set_from_revision(shown.revision());
  header.set_client(client);
  const std::optional<v1::Cursor> cursor = shown.chain().empty() ? std::nullopt : std::optional(shown);
  return Make(maker, std::move(header), cursor, edits, kMutation, options);
}

StatusOr<Made> MakeReceipts(const Maker& maker, const std::string& client, const v1::Cursor& head,
                            std::span<const v1::PushResult> answers, const MakeOptions& options) {
  v1::BundleHeader header;
  header.set_kind(v1::BundleKind::RECEIPTS);
  header.set_epoch(head.epoch());
  header.set_to_revision(head.revision());
  header.set_client(client);
  return Make(maker, std::move(header), std::nullopt, answers, kPushResult, options);
}

StatusOr<OutboxContent> LookAtOutbox(BundleReader& reader) {
  OutboxContent content;
  if (reader.header().client().empty()) return MadeWrongly("the bundle does not say whose edits it holds");
  DAFTAR_RETURN_IF_ERROR(reader.Rewind());
  for (bool first = true;; first = false) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Entry> entry, reader.Next());
    if (!entry) break;
    if (first && entry->type == kCursor) {
      DAFTAR_ASSIGN_OR_RETURN(content.shown, ParseEntry<v1::Cursor>(*entry, kCursor));
      continue;
    }
    DAFTAR_ASSIGN_OR_RETURN(const v1::Mutation edit, ParseEntry<v1::Mutation>(*entry, kMutation));
    if (edit.client() != reader.header().client()) return MadeWrongly("the bundle holds an edit of another client");
    if (edit.seq() == 0 || (content.edits > 0 && edit.seq() != content.last_seq + 1))
      return MadeWrongly("an edit is missing between those of the bundle");
    if (content.edits++ == 0) {
      content.first_seq = edit.seq();
      content.begins = edit.first();
    }
    content.last_seq = edit.seq();
  }
  if (content.edits == 0) return MadeWrongly("the bundle holds no edits");
  if (content.shown.epoch() != reader.header().epoch() || content.shown.revision() != reader.header().from_revision())
    return MadeWrongly("the bundle says two things of the state that the edits were made on");
  DAFTAR_RETURN_IF_ERROR(reader.Rewind());
  return content;
}

Status ForEachEdit(BundleReader& reader, const std::function<Status(v1::Mutation)>& take) {
  DAFTAR_RETURN_IF_ERROR(reader.Rewind());
  while (true) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Entry> entry, reader.Next());
    if (!entry) return OkStatus();
    if (entry->type == kCursor) continue;
    DAFTAR_ASSIGN_OR_RETURN(v1::Mutation edit, ParseEntry<v1::Mutation>(*entry, kMutation));
    DAFTAR_RETURN_IF_ERROR(take(std::move(edit)));
  }
}

StatusOr<uint64_t> LookAtReceipts(BundleReader& reader) {
  uint64_t answers = 0;
  DAFTAR_RETURN_IF_ERROR(ForEachAnswer(reader, [&answers](const v1::PushResult& answer) {
    ++answers;
    return answer.seq() != 0 ? OkStatus() : MadeWrongly("the bundle holds an answer to no edit");
  }));
  DAFTAR_RETURN_IF_ERROR(reader.Rewind());
  return answers;
}

Status ForEachAnswer(BundleReader& reader, const std::function<Status(const v1::PushResult&)>& take) {
  DAFTAR_RETURN_IF_ERROR(reader.Rewind());
  while (true) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Entry> entry, reader.Next());
    if (!entry) return OkStatus();
    DAFTAR_ASSIGN_OR_RETURN(const v1::PushResult answer, ParseEntry<v1::PushResult>(*entry, kPushResult));
    DAFTAR_RETURN_IF_ERROR(take(answer));
  }
}

}  // namespace daftar::bundle
