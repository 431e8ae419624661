// dump: the rows of a table as they lie in the file, for support.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "storage/base/bytes.h"
#include "storage/lmdb/lmdb.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/row_words.h"
#include "tools/ctl/stores.h"

namespace daftar::ctl {
namespace {

constexpr size_t kMostValueBytes = 4096;  // that are decoded; more is cut in words

struct DumpWish {
  std::string table;
  std::string folder;
  std::string from;  // hex
  uint64_t limit = 20;
};

const lmdb::Table* TableCalled(const lmdb::Environment& env, const std::string& name) {
  const auto table = std::find_if(env.tables().begin(), env.tables().end(),
                                  [&](const lmdb::Table& known) { return known.name == name; });
  return table == env.tables().end() ? nullptr : &*table;
}

// No character is cut in two.
std::string Cut(std::string words, size_t width) {
  if (words.size() <= width) return words;
  while (width > 0 && (static_cast<unsigned char>(words[width]) & 0xc0) == 0x80) --width;
  return words.substr(0, width) + "…";
}

void AddRow(const DumpWish& wish, const lmdb::Cursor& cursor, size_t width, Reply& reply) {
  const std::string key = ToHex(cursor.key()), key_words = KeyWords(wish.table, cursor.key());
  nlohmann::ordered_json row = {{"key", key}, {"key_words", key_words}};
  reply.text += key + (key_words.empty() ? "" : "  (" + key_words + ")");
  if (cursor.valid()) {
    const std::string_view value = cursor.value();
    const std::string words = value.size() > kMostValueBytes ? ToHex(value.substr(0, kMostValueBytes)) + "…"
                                                             : ValueWords(wish.table, cursor.key(), value);
    row["bytes"] = value.size();
    row["tag"] = "right";
    row["value"] = words;
    reply.text += "  " + HumanBytes(value.size()) + "  tag right\n";
    if (!words.empty()) reply.text += "  " + Cut(words, width) + "\n";
  } else {
    row["bytes"] = nullptr;
    row["tag"] = "wrong";
    row["value"] = nullptr;
    reply.text += "  tag wrong: the value is damaged and not shown\n";
  }
  reply.json["rows"].push_back(std::move(row));
}

Reply DumpTable(const Context& context, const DumpWish& wish, const lmdb::Environment& env, lmdb::Table table,
                const std::string& from) {
  DAFTAR_ASSIGN_OR_RETURN(const lmdb::ReadTxn txn, env.BeginRead());
  DAFTAR_ASSIGN_OR_RETURN(const uint64_t total, txn.Count(table));
  Reply reply = Reply::Answer("dump");
  reply.json["table"] = wish.table;
  reply.json["total"] = total;
  reply.json["rows"] = nlohmann::ordered_json::array();
  uint64_t rows = 0;
  lmdb::Cursor cursor = txn.Seek(table, from);
  const auto at_row = [&cursor] { return cursor.valid() || cursor.status().code() == StatusCode::kDataLoss; };
  for (; at_row() && !cursor.key().empty() && rows < wish.limit; ++rows) {
    if (!cursor.valid()) reply.code = ExitCode::kCorrupt;
    AddRow(wish, cursor, 2 * context.width, reply);
    cursor.Next();
  }
  if (!at_row()) DAFTAR_RETURN_IF_ERROR(cursor.status());
  const std::string next = at_row() ? ToHex(cursor.key()) : "";
  reply.json["next"] = next.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(next);
  reply.text += Counted(rows, "row") + " of " + std::to_string(total);
  reply.text += next.empty() ? "\n" : "; go on with --from " + next + "\n";
  return reply;
}

Reply Dump(const Context& context, const DumpWish& wish) {
  const std::string folder = wish.folder.empty() ? context.folder() : wish.folder;
  const std::optional<std::string> from = FromHex(wish.from);
  if (!from) return Reply::Error(ExitCode::kUsage, "--from takes a key in hex, as dump shows it");
  const std::vector<Store> stores = StoresIn(folder);
  if (stores.empty()) {
    return Reply::Error(ExitCode::kNotFound, "there is neither a replica nor a server's store in " + folder);
  }
  std::string known;
  for (const Store& store : stores) {
    DAFTAR_ASSIGN_OR_RETURN(const lmdb::ProbeReport report, lmdb::Probe(store.folder, {}));
    if (report.verdict == lmdb::Verdict::kInUse) return Reply::Error(ExitCode::kBusy, report.words);
    if (!report.may_be_opened()) return Reply::Error(ExitCode::kCorrupt, report.words);
    DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<lmdb::Environment> env,
                            lmdb::Environment::OpenAsItIs(store.folder, {}));
    if (const lmdb::Table* table = TableCalled(*env, wish.table)) return DumpTable(context, wish, *env, *table, *from);
    for (const lmdb::Table& table : env->tables()) known += (known.empty() ? "" : ", ") + std::string(table.name);
  }
  return Reply::Error(ExitCode::kNotFound, "there is no table " + wish.table + "; there are: " + known);
}

}  // namespace

void AddDumpCommands(CLI::App& app, Context& context) {
  auto wish = std::make_shared<DumpWish>();
  CLI::App& verb = AddVerb(app, "dump", "The rows of a table as they are stored, for support",
                           "  daftarctl dump record --limit 3\n"
                           "  daftarctl dump log --folder /var/lib/daftar --from 0000000000000007");
  verb.add_option("table", wish->table, "Such as record, commit, outbox; doctor lists them")
      ->required()
      ->type_name("TABLE");
  verb.add_option("--from", wish->from, "Begin at this key, in hex")->type_name("KEY");
  verb.add_option("--limit", wish->limit, "At most so many rows")->capture_default_str()->type_name("N");
  verb.add_option("--folder", wish->folder, "Another folder, such as a server's; default: the replica")
      ->type_name("DIR");
  verb.callback([&context, wish] { context.action = [&context, wish] { return Dump(context, *wish); }; });
}

}  // namespace daftar::ctl
