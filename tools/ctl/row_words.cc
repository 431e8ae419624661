#include "tools/ctl/row_words.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <optional>

#include "daftar/v1/commit.pb.h"
#include "daftar/v1/private.pb.h"
#include "daftar/v1/store.pb.h"
#include "storage/base/bytes.h"
#include "storage/base/uuid.h"

namespace daftar::ctl {
namespace {

using google::protobuf::Message;
using MakeMessage = std::unique_ptr<Message> (*)();

template <typename T>
std::unique_ptr<Message> Make() {
  return std::make_unique<T>();
}

// What a table's rows are made of. Pieces of a key: u uuid, r rid, R revision, n number of 4 bytes, N of 8, k kind,
// d day counted down, t text to the end.
struct Form {
  std::string_view table;
  std::string_view key;
  MakeMessage value;  // null: bytes
};

// The layouts are decided in storage/view/tables.h and client/sync/user_store.cc. A key of another length is of a form
// that this program does not know, and is shown as hex alone.
constexpr Form kForms[] = {{"meta", "t", nullptr},
                           {"record", "r", Make<v1::StoredRecord>},
                           {"id", "u", nullptr},
                           {"external", "t", nullptr},
                           {"latest", "nRr", nullptr},
                           {"commit", "R", Make<v1::CommitInfo>},
                           {"leaf", "n", nullptr},
                           {"by_kind", "kdr", nullptr},
                           {"refs", "ukdr", nullptr},
                           {"history", "rR", Make<v1::HistoryEntry>},
                           {"damaged", "r", nullptr},
                           {"stage", "N", nullptr},
                           {"log", "R", Make<v1::LogEntry>},
                           {"chain", "R", nullptr},
                           {"push", "uN", Make<v1::PushResult>},
                           {"client", "u", nullptr},
                           {"conflict", "uNn", Make<v1::Conflict>},
                           {"conflict", "N", Make<v1::ConflictEntry>},
                           {"settings", "t", Make<v1::SyncStatus>},
                           {"outbox", "N", Make<v1::OutboxEntry>},
                           {"draft", "N", Make<v1::Draft>},
                           {"carried", "uN", Make<v1::OutboxEntry>},
                           {"by_relay", "N", nullptr},
                           {"held", "N", nullptr},
                           {"own", "u", Make<v1::PrivateRecord>},
                           {"searches", "N", Make<v1::SavedSearch>},
                           {"recent", "N", Make<v1::RecentPage>},
                           {"visits", "t", Make<v1::HomeVisits>}};

std::optional<std::string> Number32(std::string_view& key, const char* name) {
  uint32_t number = 0;
  if (!TakeU32(key, number)) return std::nullopt;
  return name + std::to_string(number);
}

std::optional<std::string> Number64(std::string_view& key, const char* name) {
  uint64_t number = 0;
  if (!TakeU64(key, number)) return std::nullopt;
  return name + std::to_string(number);
}

// Text with what cannot be printed as dots.
std::string Printable(std::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }, '.');
  return out;
}

// Takes one piece off the front; nullopt if it is not there.
std::optional<std::string> TakePiece(char piece, std::string_view& key) {
  std::string_view bytes;
  switch (piece) {
    case 'u':
      if (!TakeBytes(key, 16, bytes)) return std::nullopt;
      return ToHex(bytes);
    case 'r':
      return Number32(key, "rid ");
    case 'R':
      return Number64(key, "revision ");
    case 'n':
      return Number32(key, "");
    case 'N':
      return Number64(key, "number ");
    case 'd':
      return Number32(key, "day key ");
    case 'k':
      if (!TakeBytes(key, 1, bytes)) return std::nullopt;
      return "kind " + std::to_string(static_cast<unsigned char>(bytes.front()));
    default:
      return Printable(std::exchange(key, std::string_view()));
  }
}

std::optional<std::string> Read(const Form& form, std::string_view key) {
  std::string words;
  for (char piece : form.key) {
    const std::optional<std::string> read = TakePiece(piece, key);
    if (!read) return std::nullopt;
    words += (words.empty() ? "" : ", ") + *read;
  }
  return key.empty() ? std::optional(words) : std::nullopt;
}

const Form* FormOf(std::string_view table, std::string_view key) {
  const auto form = std::find_if(std::begin(kForms), std::end(kForms),
                                 [&](const Form& known) { return known.table == table && Read(known, key); });
  return form == std::end(kForms) ? nullptr : form;
}

}  // namespace

std::string KeyWords(std::string_view table, std::string_view key) {
  const Form* form = FormOf(table, key);
  return form == nullptr ? "" : *Read(*form, key);
}

std::string ValueWords(std::string_view table, std::string_view key, std::string_view value) {
  const Form* form = FormOf(table, key);
  MakeMessage make = form == nullptr ? nullptr : form->value;
  if (table == "meta" && key == "head") make = Make<v1::StoredHead>;
  // storage/view/record_codec.h: how it is stored stands in front.
  if (table == "record" && !value.empty()) {
    const auto how = static_cast<unsigned char>(value.front());
    if (how != 0) return "compressed with dictionary " + std::to_string(how) + ": " + ToHex(value.substr(1));
    value.remove_prefix(1);
  }
  if (make != nullptr) {
    const std::unique_ptr<Message> message = make();
    if (message->ParseFromArray(value.data(), static_cast<int>(value.size()))) return message->ShortDebugString();
  }
  return ToHex(value);
}

}  // namespace daftar::ctl
