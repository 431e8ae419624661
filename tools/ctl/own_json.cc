#include "tools/ctl/own_json.h"

#include <optional>
#include <string>
#include <utility>

#include "storage/base/bytes.h"
#include "storage/model/fields.h"
#include "tools/ctl/times.h"

namespace daftar::ctl {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "daftar.private.v1";

Json TextOrNull(const std::string& text) { return text.empty() ? Json() : Json(text); }

// Times are numbers here: a backup holds them exactly, and nobody reads them.
Json MomentJson(const v1::Moment& moment) {
  return {{"epoch", ToHex(moment.epoch())}, {"revision", moment.revision()}, {"at_ms", moment.at_ms()}};
}

Json BackupRecord(const v1::PrivateRecord& record) {
  Json json = OwnRecordJson(record);
  json.erase("pinned_at");
  json.erase("changed_at");
  json["pinned_ms"] = record.pinned_ms();
  json["changed_ms"] = record.changed_ms();
  return json;
}

// Reads values out of an object, and collects what is wrong.
class Reader {
 public:
  Reader(const Json& json, std::string path, std::vector<FieldProblem>& problems)
      : json_(json), path_(std::move(path)), problems_(problems) {
    if (!json.is_object()) problems.push_back({path_, "must be an object"});
  }

  std::string Text(const char* key) const {
    const Json* value = Find(key);
    if (value == nullptr) return "";
    if (!value->is_string()) return Wrong(key, "must be a text"), "";
    return value->get<std::string>();
  }
  bool Flag(const char* key) const {
    const Json* value = Find(key);
    if (value == nullptr) return false;
    if (!value->is_boolean()) return Wrong(key, "must be true or false"), false;
    return value->get<bool>();
  }
  int64_t Number(const char* key) const {
    const Json* value = Find(key);
    if (value == nullptr) return 0;
    const bool good = value->is_number_unsigned() || (value->is_number_integer() && value->get<int64_t>() >= 0);
    if (!good) return Wrong(key, "must be a whole number"), 0;
    return value->get<int64_t>();
  }
  // The items of a list, each with its path.
  template <typename Visit>
  void Each(const char* key, const Visit& visit) const {
    const Json* value = Find(key);
    if (value == nullptr) return;
    if (!value->is_array()) return Wrong(key, "must be a list");
    const std::string path = JoinPath(path_, key);
    for (size_t i = 0; i < value->size(); ++i) visit(value->at(i), IndexPath(path, static_cast<int>(i)));
  }
  v1::Moment Moment(const char* key) const {
    v1::Moment moment;
    const Json* value = Find(key);
    if (value == nullptr) return moment;
    const Reader inner(*value, JoinPath(path_, key), problems_);
    const std::optional<std::string> epoch = FromHex(inner.Text("epoch"));
    if (!epoch) inner.Wrong("epoch", "must be hex");
    moment.set_epoch(epoch.value_or(""));
    moment.set_revision(static_cast<uint64_t>(inner.Number("revision")));
    moment.set_at_ms(inner.Number("at_ms"));
    return moment;
  }
  void Wrong(const char* key, const char* what) const { problems_.push_back({JoinPath(path_, key), what}); }

 private:
  const Json* Find(const char* key) const {
    if (!json_.is_object()) return nullptr;
    const auto at = json_.find(key);
    return at == json_.end() || at->is_null() ? nullptr : &*at;
  }

  const Json& json_;
  const std::string path_;
  std::vector<FieldProblem>& problems_;
};

void ReadRecord(const Json& json, const std::string& path, std::vector<FieldProblem>& problems,
                v1::PrivateRecord& record) {
  const Reader read(json, path, problems);
  const std::optional<Uuid> id = Uuid::Parse(read.Text("id"));
  if (!id) return read.Wrong("id", "must be a UUID");
  record.set_record(id->str());
  const std::string kind = read.Text("kind");
  const std::optional<Kind> known = KindFromWord(kind);
  if (!known && !kind.empty()) read.Wrong("kind", "is no kind of record");
  if (known) record.set_kind(*known);
  record.set_title(read.Text("title"));
  record.set_display_id(read.Text("display_id"));
  record.set_pinned(read.Flag("pinned"));
  record.set_pinned_ms(read.Number("pinned_ms"));
  read.Each("tags", [&](const Json& tag, const std::string& at) {
    if (!tag.is_string()) return problems.push_back({at, "must be a text"});
    record.add_tag(tag.get<std::string>());
  });
  record.set_note(read.Text("note"));
  record.set_changed_ms(read.Number("changed_ms"));
}

void ReadSearch(const Json& json, const std::string& path, std::vector<FieldProblem>& problems,
                v1::SavedSearch& search) {
  const Reader read(json, path, problems);
  search.set_name(read.Text("name"));
  search.set_query(read.Text("query"));
  search.set_kind(read.Text("kind"));
  search.set_sort(read.Text("sort"));
  search.set_pinned(read.Flag("on_home"));
  search.set_made_ms(read.Number("made_ms"));
  *search.mutable_looked() = read.Moment("looked");
}

void ReadAll(const Json& json, std::vector<FieldProblem>& problems, v1::PrivateData& data) {
  const Reader read(json, "", problems);
  if (read.Text("schema") != kSchema) return read.Wrong("schema", "is not daftar.private.v1");
  read.Each("records", [&](const Json& record, const std::string& path) {
    ReadRecord(record, path, problems, *data.add_record());
  });
  read.Each("searches", [&](const Json& search, const std::string& path) {
    ReadSearch(search, path, problems, *data.add_search());
  });
  read.Each("recent", [&](const Json& page, const std::string& path) {
    const Reader inner(page, path, problems);
    v1::RecentPage& recent = *data.add_recent();
    recent.set_address(inner.Text("address"));
    recent.set_title(inner.Text("title"));
    recent.set_kind(inner.Text("kind"));
    recent.set_at_ms(inner.Number("at_ms"));
  });
  read.Each("visits", [&](const Json& visit, const std::string& path) {
    const Reader inner(visit, path, problems);
    v1::HomeVisit& home = *data.mutable_visits()->add_visit();
    home.set_began_ms(inner.Number("began_ms"));
    *home.mutable_shown() = inner.Moment("shown");
  });
  if (json.is_object() && json.contains("read") && !json["read"].is_null())
    *data.mutable_visits()->mutable_read() = read.Moment("read");
}

}  // namespace

Json OwnRecordJson(const v1::PrivateRecord& record) {
  const std::optional<Uuid> id = Uuid::FromBytes(record.record());
  Json tags = Json::array();
  for (const std::string& tag : record.tag()) tags.push_back(tag);
  return {{"id", id ? Json(id->ToString()) : Json()},
          {"kind", KindWord(record.kind())},
          {"title", record.title()},
          {"display_id", TextOrNull(record.display_id())},
          {"pinned", record.pinned()},
          {"pinned_at", TimeJson(record.pinned_ms())},
          {"tags", std::move(tags)},
          {"note", TextOrNull(record.note())},
          {"changed_at", TimeJson(record.changed_ms())}};
}

Json PrivateJson(const v1::PrivateData& data) {
  Json json = {{"schema", kSchema}};
  json["records"] = Json::array();
  for (const v1::PrivateRecord& record : data.record()) json["records"].push_back(BackupRecord(record));
  json["searches"] = Json::array();
  for (const v1::SavedSearch& search : data.search()) {
    json["searches"].push_back({{"name", TextOrNull(search.name())},
                                {"query", search.query()},
                                {"kind", TextOrNull(search.kind())},
                                {"sort", TextOrNull(search.sort())},
                                {"on_home", search.pinned()},
                                {"made_ms", search.made_ms()},
                                {"looked", MomentJson(search.looked())}});
  }
  json["recent"] = Json::array();
  for (const v1::RecentPage& page : data.recent()) {
    json["recent"].push_back({{"address", page.address()},
                              {"title", page.title()},
                              {"kind", TextOrNull(page.kind())},
                              {"at_ms", page.at_ms()}});
  }
  json["visits"] = Json::array();
  for (const v1::HomeVisit& visit : data.visits().visit())
    json["visits"].push_back({{"began_ms", visit.began_ms()}, {"shown", MomentJson(visit.shown())}});
  json["read"] = data.visits().has_read() ? MomentJson(data.visits().read()) : Json();
  return json;
}

v1::PrivateData PrivateFromJson(std::string_view text, std::vector<FieldProblem>& problems) {
  v1::PrivateData data;
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) {
    problems.push_back({"", "this is not JSON"});
    return data;
  }
  ReadAll(json, problems, data);
  return data;
}

}  // namespace daftar::ctl
