// Lists of related records: see page_parts.h.
#include <algorithm>
#include <functional>
#include <set>

#include "client/language/say.h"
#include "client/model/page_parts.h"
#include "client/model/rows.h"
#include "client/model/words.h"

namespace daftar {
namespace {

// Places inside a place whose incidents are listed with its own.
constexpr size_t kMostPlacesInside = 64;

using Test = std::function<bool(const Record&)>;

class Related {
 public:
  explicit Related(PageWork& work) : work_(work), self_(work.record.id().str()) {}

  void OfIncident();
  void OfActor();
  void OfPlace();
  void OfSource();
  void OfRelation();
  void OfAlert();

 private:
  // Records of the kind that point at `target` and pass the test, one more than the limit at most.
  std::vector<ListRow> Pointing(const Uuid& target, Kind kind, const Test& test);
  void Add(std::string key, std::string title, std::vector<ListRow> rows);
  void AddPointing(std::string key, std::string title, Kind kind, const Test& test = {}) {
    Add(std::move(key), std::move(title), Pointing(work_.record.id(), kind, test));
  }
  void AddRelations();
  void AddLinked(std::string key, std::string title, const google::protobuf::RepeatedPtrField<std::string>& ids);
  ListRow Row(const Record& record);
  bool SaidBySelf(const Record& record) const;
  std::vector<Uuid> PlacesInside();

  PageWork& work_;
  const std::string self_;
};

// Whether rows of the kind say something else on another day.
bool DependsOnDay(Kind kind) { return kind == v1::RecordKind::RELATION || kind == v1::RecordKind::ALERT_PERIOD; }

ListRow Related::Row(const Record& record) {
  ListRow row = MakeRow(record, work_.names);
  if (record.kind() == v1::RecordKind::RELATION) row.note = RelationNote(record, work_.options.as_of, work_.names);
  if (record.kind() == v1::RecordKind::ALERT_PERIOD && work_.options.as_of) {
    row.note = work_.names.Take(StatusAsOf(work_.names.view(), record, *work_.options.as_of)).words;
  }
  return row;
}

std::vector<ListRow> Related::Pointing(const Uuid& target, Kind kind, const Test& test) {
  std::vector<ListRow> rows;
  // Where no record is asked for, the rows of the index do.
  const bool by_rows = !test && CanShow(work_.names) && (!work_.options.as_of || !DependsOnDay(kind));
  if (by_rows) {
    const size_t most = work_.options.related_limit + 1;
    for (const ListedRecord& listed : work_.names.Take(work_.names.view().ReferrerRows(target, kind, most))) {
      if (std::optional<ListRow> row = MakeRow(listed.id, listed.row, work_.names)) rows.push_back(*std::move(row));
    }
    return rows;
  }
  // A test may leave some out, so more are asked for than shown.
  size_t ask = (work_.options.related_limit + 1) * (test ? 4 : 1);
  for (const Uuid& id : work_.names.Take(work_.names.view().Referrers(target, kind, ask))) {
    const Record* record = work_.names.Find(id);
    if (record == nullptr || (test && !test(*record))) continue;
    rows.push_back(Row(*record));
    if (rows.size() > work_.options.related_limit) break;
  }
  return rows;
}

void Related::Add(std::string key, std::string title, std::vector<ListRow> rows) {
  if (rows.empty()) return;
  Section section{std::move(key), std::move(title), std::move(rows), false};
  section.more = section.rows.size() > work_.options.related_limit;
  if (section.more) section.rows.resize(work_.options.related_limit);
  work_.page.sections.push_back(std::move(section));
}

void Related::AddRelations() {
  std::optional<int32_t> day = work_.options.as_of;
  AddPointing("relations", Say("section.relations"), v1::RecordKind::RELATION, [&](const Record& record) {
    bool is_end = record.relation().from() == self_ || record.relation().to() == self_;
    return is_end && (!day || HeldOn(record, *day));
  });
}

void Related::AddLinked(std::string key, std::string title,
                        const google::protobuf::RepeatedPtrField<std::string>& ids) {
  std::vector<ListRow> rows;
  for (const std::string& id : ids) {
    if (const Record* record = work_.names.Find(id)) rows.push_back(Row(*record));
  }
  Add(std::move(key), std::move(title), std::move(rows));
}

bool Related::SaidBySelf(const Record& record) const {
  return std::any_of(record.accounts().begin(), record.accounts().end(),
                     [&](const v1::Account& account) { return account.said_by() == self_; });
}

void Related::OfIncident() {
  AddPointing("parts", Say("section.parts"), v1::RecordKind::INCIDENT,
              [&](const Record& record) { return record.incident().parent() == self_; });
  AddRelations();
  AddPointing("alerts", Say("section.alerts"), v1::RecordKind::ALERT_PERIOD);
}

void Related::OfActor() {
  AddRelations();
  AddPointing("incidents", Say("section.incidents"), v1::RecordKind::INCIDENT, [&](const Record& record) {
    return std::any_of(record.accounts().begin(), record.accounts().end(), [&](const v1::Account& account) {
      return std::any_of(account.role().begin(), account.role().end(),
                         [&](const v1::Role& role) { return role.actor() == self_ || role.office() == self_; });
    });
  });
  std::vector<ListRow> said;
  for (Kind kind : {v1::RecordKind::INCIDENT, v1::RecordKind::RELATION, v1::RecordKind::ALERT_PERIOD}) {
    auto rows = Pointing(work_.record.id(), kind, [&](const Record& record) { return SaidBySelf(record); });
    said.insert(said.end(), rows.begin(), rows.end());
  }
  SortNewestFirst(said);
  Add("statements", Say("section.said"), std::move(said));
  AddPointing("parts", Say("section.parts"), v1::RecordKind::ACTOR,
              [&](const Record& record) { return record.actor().parent() == self_; });
  AddPointing("sources", Say("section.published"), v1::RecordKind::SOURCE,
              [&](const Record& record) { return record.source().publisher() == self_; });
  AddPointing("alerts", Say("section.alerts_declared"), v1::RecordKind::ALERT_PERIOD,
              [&](const Record& record) { return record.alert_period().declared_by() == self_; });
}

std::vector<Uuid> Related::PlacesInside() {
  std::vector<Uuid> places = {work_.record.id()};
  for (size_t at = 0; at < places.size() && places.size() < kMostPlacesInside; ++at) {
    auto children = work_.names.Take(
        work_.names.view().Referrers(places[at], v1::RecordKind::PLACE, kMostPlacesInside - places.size()));
    for (const Uuid& child : children) {
      if (std::find(places.begin(), places.end(), child) == places.end()) places.push_back(child);
    }
  }
  return places;
}

void Related::OfPlace() {
  std::vector<ListRow> incidents;
  std::set<std::string> seen;
  for (const Uuid& place : PlacesInside()) {
    for (ListRow& row : Pointing(place, v1::RecordKind::INCIDENT, {})) {
      if (seen.insert(row.id).second) incidents.push_back(std::move(row));
    }
  }
  SortNewestFirst(incidents);
  Add("incidents", Say("section.incidents_here"), std::move(incidents));
  AddPointing("places", Say("section.places"), v1::RecordKind::PLACE);
  AddRelations();
  AddPointing("alerts", Say("section.alerts"), v1::RecordKind::ALERT_PERIOD);
}

void Related::OfSource() {
  for (Kind kind :
       {v1::RecordKind::INCIDENT, v1::RecordKind::RELATION, v1::RecordKind::ACTOR, v1::RecordKind::ALERT_PERIOD}) {
    AddPointing(std::string(KindWord(kind)) + "s", SayCode("speaks_of", v1::RecordKind::Code_Name(kind)), kind);
  }
  AddPointing("resting", Say("section.resting"), v1::RecordKind::SOURCE);
}

void Related::OfRelation() { AddPointing("relations", Say("section.relations_of_it"), v1::RecordKind::RELATION); }

void Related::OfAlert() {
  google::protobuf::RepeatedPtrField<std::string> declaration;
  if (!work_.record.alert_period().incident().empty()) *declaration.Add() = work_.record.alert_period().incident();
  AddLinked("declaration", Say("section.declaration"), declaration);
  AddLinked("reasons", Say("section.reasons"), work_.record.alert_period().reason());
  AddRelations();
}

}  // namespace

void FillRelated(PageWork& work) {
  Related related(work);
  switch (work.record.kind()) {
    case v1::RecordKind::INCIDENT:
      return related.OfIncident();
    case v1::RecordKind::ACTOR:
      return related.OfActor();
    case v1::RecordKind::PLACE:
      return related.OfPlace();
    case v1::RecordKind::SOURCE:
      return related.OfSource();
    case v1::RecordKind::RELATION:
      return related.OfRelation();
    default:
      return related.OfAlert();
  }
}

}  // namespace daftar
