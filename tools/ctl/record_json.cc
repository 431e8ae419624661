#include "tools/ctl/record_json.h"

#include <map>
#include <optional>

#include "storage/authoring/authoring.h"
#include "storage/model/date.h"
#include "storage/model/parts.h"
#include "storage/model/shown.h"
#include "tools/ctl/context.h"
#include "tools/ctl/times.h"

namespace daftar::ctl {
namespace {

using Json = nlohmann::ordered_json;

Json TextOrNull(const std::string& text) { return text.empty() ? Json() : Json(text); }
Json DayOrNull(const std::optional<int32_t>& day) { return day ? Json(IsoDay(*day)) : Json(); }

StatusOr<Json> RowJson(const ReadView& read, const ListRow& row) {
  Json json;
  json["id"] = row.id;
  json["kind"] = row.kind;
  json["title"] = row.title;
  json["date"] = TextOrNull(row.date);
  json["first_day"] = DayOrNull(row.first_day);
  json["last_day"] = DayOrNull(row.sort_day);
  json["place"] = TextOrNull(row.place);
  json["external"] = Json::array();
  if (const std::optional<Uuid> id = Uuid::Parse(row.id)) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, read.Get(*id));
    if (record) json["external"] = ExternalNames(*record);
  }
  json["why"] = TextOrNull(row.why);
  json["note"] = TextOrNull(row.note);
  json["kind_words"] = row.kind_words;
  json["happened"] = row.happened;
  json["happened_words"] = TextOrNull(row.happened_words);
  json["expected"] = row.marks.expected;
  json["alleged"] = row.marks.alleged;
  json["denied"] = row.marks.denied;
  json["disagrees"] = row.marks.disagrees;
  json["open"] = row.marks.open;
  json["pending"] = row.marks.pending;
  json["retired"] = row.marks.retired;
  return json;
}

// Accounts of a page by key, to read their cells.
class Accounts {
 public:
  explicit Accounts(const Page& page) : page_(page) {
    for (size_t i = 0; i < page.accounts.size(); ++i) columns_[page.accounts[i].key] = i;
  }
  // What the account says about the attribute; null: nothing in words, such as that what nobody denies is so.
  Json Value(const std::string& attribute, uint64_t account) const {
    const auto column = columns_.find(account);
    if (column == columns_.end()) return nullptr;
    for (const AttributeRow& row : page_.rows) {
      if (row.attribute == attribute && column->second < row.cells.size())
        return TextOrNull(row.cells[column->second].text);
    }
    return nullptr;
  }
  uint64_t KeyOf(int number) const {
    for (const AccountColumn& account : page_.accounts) {
      if (account.number == number) return account.key;
    }
    return 0;
  }
  const AccountColumn* Column(uint64_t key) const {
    const auto column = columns_.find(key);
    return column == columns_.end() ? nullptr : &page_.accounts[column->second];
  }

 private:
  const Page& page_;
  std::map<uint64_t, size_t> columns_;
};

Json ShownJson(const Shown& shown, const Accounts& accounts) {
  Json all = Json::object();
  for (const ShownValue& value : shown.values) {
    const std::string attribute(AttributeWord(value.attribute));
    Json json;
    json["value"] = accounts.Value(attribute, value.account);
    json["account"] = value.account;
    json["rule"] = RuleWord(value.rule);
    json["reason"] = TextOrNull(value.reason);
    json["open"] = value.open();
    json["values"] = Json::array();
    for (const std::vector<uint64_t>& group : value.groups) {
      json["values"].push_back({{"value", accounts.Value(attribute, group.front())}, {"accounts", group}});
    }
    all[attribute] = std::move(json);
  }
  return all;
}

Json DisagreementsJson(const Page& page, const Accounts& accounts) {
  Json all = Json::array();
  for (const Disagreement& disagreement : page.disagreements) {
    Json groups = Json::array();
    for (const Disagreement::Group& group : disagreement.groups) {
      Json keys = Json::array();
      for (int number : group.accounts) keys.push_back(accounts.KeyOf(number));
      groups.push_back({{"value", group.value}, {"accounts", std::move(keys)}, {"who", group.who}});
    }
    all.push_back({{"attribute", disagreement.attribute},
                   {"open", disagreement.open},
                   {"groups", std::move(groups)},
                   {"settled", TextOrNull(disagreement.settled)},
                   {"words", disagreement.words}});
  }
  return all;
}

// Who put each account of a record into it as it stands.
class Additions {
 public:
  static StatusOr<Additions> Of(const ReadView& read, const Record& record) {
    Additions additions;
    for (const v1::Account& account : record.accounts()) {
      const Revision revision = record.revision_of({kAccountField, account.key()});
      if (revision == 0 || additions.commits_.contains(revision)) continue;
      DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::CommitInfo> commit, read.CommitOf(revision));
      if (commit) additions.commits_[revision] = *std::move(commit);
    }
    if (!record.pending()) return additions;
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<HistoryStep> history, read.History(record.id()));
    for (const HistoryStep& step : history) {
      if (step.commit.revision() != 0) continue;
      for (const v1::PartEdit& part : step.after) {
        if (part.field() == kAccountField) additions.waiting_.emplace(part.key(), step.commit);
      }
    }
    return additions;
  }

  void Fill(const Record& record, uint64_t key, Json& json) const {
    const Revision revision = record.revision_of({kAccountField, key});
    const v1::CommitInfo* commit = nullptr;
    const auto waiting = waiting_.find(key);
    const auto accepted = commits_.find(revision);
    if (waiting != waiting_.end()) {
      commit = &waiting->second;
    } else if (accepted != commits_.end()) {
      commit = &accepted->second;
    }
    json["added_by"] = commit == nullptr ? Json() : Json(commit->author());
    json["added_at"] = commit == nullptr ? Json() : TimeJson(commit->at_ms());
    json["reason"] = commit == nullptr ? Json() : TextOrNull(commit->reason());
    json["revision"] = revision;
    json["pending"] = waiting != waiting_.end();
  }

 private:
  std::map<Revision, v1::CommitInfo> commits_;
  std::map<uint64_t, v1::CommitInfo> waiting_;  // by key of the account
};

// The accounts as `add` reads them, each with what a page says beside it.
void FillAccounts(const Record& record, const Accounts& accounts, const Additions& additions, Json& list) {
  for (Json& json : list) {
    const uint64_t key = json.at("key").get<uint64_t>();
    if (const AccountColumn* column = accounts.Column(key)) {
      json["number"] = column->number;
      json["source_title"] = column->source.text;
      json["grade"] = column->grade;
      json["root"] = column->root;
    }
    additions.Fill(record, key, json);
  }
}

Json StatusJson(const AsOfStatus& status, const std::string& as_of) {
  return {{"as_of", as_of},
          {"state", AsOfStateWord(status.state)},
          {"start", TextOrNull(status.start)},
          {"end", TextOrNull(status.end)},
          {"planned_end", TextOrNull(status.planned_end)},
          {"words", status.words}};
}

// The record's own fields, as `add` reads them. A field named like a key of ours gets the kind before its name:
// incident_kind.
void FillFields(const Record& record, const IdNamer& name, Json& json) {
  const Json fields = ToJson(record.message(), name);
  for (const auto& [field, value] : fields.items()) {
    json[json.contains(field) ? json.at("kind").get<std::string>() + "_" + field : field] = value;
  }
  for (const char* list : {"accounts", "external"}) {
    if (!json.contains(list)) json[list] = Json::array();
  }
  for (Json& external : json["external"]) {
    external["ref"] = external.at("system").get<std::string>() + ":" + external.at("id").get<std::string>();
  }
}

Json SectionsJson(const Page& page) {
  Json all = Json::object();
  for (const Section& section : page.sections) {
    Json rows = Json::array();
    for (const ListRow& row : section.rows) {
      rows.push_back({{"id", row.id},
                      {"ref", row.display_id},
                      {"kind", row.kind},
                      {"title", row.title},
                      {"date", TextOrNull(row.date)},
                      {"note", TextOrNull(row.note)},
                      {"expected", row.marks.expected}});
    }
    all[section.key] = std::move(rows);
  }
  return all;
}

Json DuplicatesJson(const Page& page) {
  Json all = Json::array();
  for (const Suspicion& suspicion : page.duplicates) {
    all.push_back({{"id", suspicion.row.id},
                   {"ref", suspicion.row.display_id},
                   {"title", suspicion.row.title},
                   {"reasons", suspicion.reasons}});
  }
  return all;
}

}  // namespace

Json ExternalNames(const Record& record) {
  Json names = Json::array();
  for (const v1::External& external : record.externals()) names.push_back(external.system() + ":" + external.id());
  return names;
}

StatusOr<Json> RowsJson(const ReadView& read, std::span<const ListRow> rows) {
  Json hits = Json::array();
  for (const ListRow& row : rows) {
    DAFTAR_ASSIGN_OR_RETURN(Json json, RowJson(read, row));
    hits.push_back(std::move(json));
  }
  return hits;
}

Status FillRecord(const ReadView& read, const Record& record, const Page& page, const std::string& as_of, Json& json) {
  const Accounts accounts(page);
  DAFTAR_ASSIGN_OR_RETURN(const Shown shown, ComputeShown(record, read.Lookup()));
  DAFTAR_ASSIGN_OR_RETURN(const Additions additions, Additions::Of(read, record));
  json["id"] = page.id;
  json["kind"] = page.kind;
  json["title"] = page.title;
  json["address"] = page.address;
  json["happened"] = page.happened;
  json["happened_words"] = TextOrNull(page.happened_words);
  json["pending"] = page.pending;
  json["revision"] = record.revision();
  json["articles"] = page.articles;
  json["roots_at_most"] = page.roots_at_most;
  json["roots_at_least"] = page.roots_at_least;
  json["roots"] = page.roots;
  FillFields(record, NamerOf(read), json);
  FillAccounts(record, accounts, additions, json["accounts"]);
  json["shown"] = ShownJson(shown, accounts);
  json["disagreements"] = DisagreementsJson(page, accounts);
  json["related"] = SectionsJson(page);
  if (record.kind() == v1::RecordKind::ACTOR) json["possible_duplicates"] = DuplicatesJson(page);
  if (!as_of.empty()) json["status"] = StatusJson(page.status, as_of);
  return OkStatus();
}

}  // namespace daftar::ctl
