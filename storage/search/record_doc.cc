#include "storage/search/record_doc.h"

#include <algorithm>
#include <limits>

#include "storage/model/date.h"
#include "storage/model/derived.h"
#include "storage/model/review.h"
#include "storage/model/shown.h"
#include "storage/search/analysis/fold.h"
#include "storage/search/query/query.h"
#include "storage/search/texts.h"

namespace daftar::search {
namespace {

constexpr int kMostPlaces = 16;  // a chain of places longer than this, or in a circle, is cut
constexpr int kMostYears = 100;  // that one date is counted under
constexpr float kNoLimit = std::numeric_limits<float>::max();

class DocMaker {
 public:
  DocMaker(Rid rid, const Record& record, const RecordLookup& lookup) : record_(record), lookup_(lookup) {
    doc_.rid = rid;
  }

  StatusOr<IndexDoc> Make() {
    for (FieldText& text : TextsOf(record_)) {
      if (text.role != TextRole::kKey) doc_.texts.push_back({text.role == TextRole::kName, std::move(text.text)});
    }
    std::stable_partition(doc_.texts.begin(), doc_.texts.end(), [](const IndexDoc::Text& text) { return text.name; });
    for (const std::string& target : TargetsOf(record_)) Put(term_class::kRef, target);
    DAFTAR_RETURN_IF_ERROR(AddFilters());
    for (const v1::Account& account : record_.accounts()) DAFTAR_RETURN_IF_ERROR(AddGrade(account));
    std::optional<Shown> shown;
    if (record_.accounts().size() > 0) {
      DAFTAR_ASSIGN_OR_RETURN(shown, ComputeShown(record_, lookup_));
      AddWeighing(*shown);
    }
    DAFTAR_ASSIGN_OR_RETURN(const Row row, RowOf(record_, shown ? &*shown : nullptr, lookup_));
    return Finished(row);
  }

  StatusOr<IndexDoc> MakeOutline() {
    outline_ = true;
    const Kind kind = record_.kind();
    if (kind == v1::RecordKind::ACTOR || kind == v1::RecordKind::PLACE || kind == v1::RecordKind::SOURCE) {
      for (const v1::Name& name : record_.names()) doc_.texts.push_back({true, name.text()});
    }
    DAFTAR_RETURN_IF_ERROR(AddFilters());
    Row row;
    row.id = record_.id();
    row.kind = kind;
    row.title = DisplayName(record_);
    row.day = SortDay(record_);
    return Finished(row);
  }

 private:
  // What the record says by itself and by its places.
  Status AddFilters() {
    AddCommon();
    DAFTAR_RETURN_IF_ERROR(AddOwn());
    for (const v1::Account& account : record_.accounts()) DAFTAR_RETURN_IF_ERROR(AddAccount(account));
    return OkStatus();
  }

  IndexDoc Finished(const Row& row) {
    doc_.day = row.day.value_or(kNoDay);
    doc_.row = EncodeRow(row);
    std::sort(doc_.terms.begin(), doc_.terms.end());
    doc_.terms.erase(std::unique(doc_.terms.begin(), doc_.terms.end()), doc_.terms.end());
    return std::move(doc_);
  }

  void Put(char term_class, std::string_view rest) {
    std::string& term = doc_.terms.emplace_back(1, term_class);
    term += rest;
  }

  // A filter by another record. Outlines have no references but these.
  void PutTarget(char term_class, std::string_view id) {
    Put(term_class, id);
    if (outline_) Put(term_class::kRef, id);
  }

  template <typename Code>
  void PutType(const char* list, Code code, const std::string& name) {
    if (static_cast<int>(code) != 0 && !name.empty()) Put(term_class::kType, std::string(list) + "." + name);
  }

  void PutNumber(Metric metric, float low, float high) {
    doc_.numbers.push_back({static_cast<uint8_t>(metric), low, high});
  }

  // The span of days that a date leaves open.
  void PutDays(const v1::FuzzyDate& date) {
    doc_.spans.push_back({date.first_day(), date.last_day()});
    has_date_ = true;
    const int first = CivilOf(date.first_day()).year;
    const int last = std::min(CivilOf(date.last_day()).year, first + kMostYears);
    for (int year = first; year <= last; ++year) Put(term_class::kYear, std::to_string(year));
  }

  void PutPoint(const v1::GeoPoint& point) { doc_.points.push_back({point.lat_e7(), point.lon_e7()}); }

  void AddCommon() {
    Put(term_class::kKind, v1::RecordKind::Code_Name(record_.kind()));
    if (record_.tlp() != v1::Tlp::UNSET) Put(term_class::kMarking, v1::Tlp::Code_Name(record_.tlp()));
    for (const v1::Tag& tag : record_.tags()) Put(term_class::kTag, FoldedName(tag.text()));
    if (!record_.notes().empty()) Put(term_class::kHas, "notes");
    AddReviewing();
  }

  // What waits for somebody.
  void AddReviewing() {
    Put(term_class::kReview, v1::ReviewState::Code_Name(ReviewOf(record_.message())));
    const auto& proposals = ProposalsOf(record_.message());
    const bool proposed = std::any_of(proposals.begin(), proposals.end(), [](const v1::Proposal& proposal) {
      return proposal.state() != v1::ReviewState::ACCEPTED;
    });
    if (proposed) Put(term_class::kHas, "proposal");
    const auto& comments = CommentsOf(record_.message());
    const bool open =
        std::any_of(comments.begin(), comments.end(), [](const v1::Comment& each) { return !each.done(); });
    if (open) Put(term_class::kHas, "comment");
  }

  // Fields of the kind itself.
  Status AddOwn() {
    switch (record_.kind()) {
      case v1::RecordKind::INCIDENT: {
        const v1::Incident& incident = record_.incident();
        for (const int kind : incident.kind()) {
          const auto code = static_cast<v1::IncidentKind::Code>(kind);
          PutType("IncidentKind", code, v1::IncidentKind::Code_Name(code));
        }
        PutType("AcledSub", incident.acled(), v1::AcledSub::Code_Name(incident.acled()));
        PutType("UcdpType", incident.ucdp(), v1::UcdpType::Code_Name(incident.ucdp()));
        PutType("GtdAttack", incident.gtd(), v1::GtdAttack::Code_Name(incident.gtd()));
        for (const v1::Plover& plover : incident.plover()) {
          PutType("PloverEvent", plover.event(), v1::PloverEvent::Code_Name(plover.event()));
        }
        return OkStatus();
      }
      case v1::RecordKind::ACTOR: {
        const v1::Actor& actor = record_.actor();
        PutType("ActorClass", actor.class_(), v1::ActorClass::Code_Name(actor.class_()));
        if (!actor.country().empty()) Put(term_class::kCountry, actor.country());
        return OkStatus();
      }
      case v1::RecordKind::PLACE: {
        const v1::Place& place = record_.place();
        PutType("PlaceKind", place.kind(), v1::PlaceKind::Code_Name(place.kind()));
        return AddPlace(record_.id().str(), false);
      }
      case v1::RecordKind::SOURCE: {
        const v1::Source& source = record_.source();
        PutType("SourceType", source.type(), v1::SourceType::Code_Name(source.type()));
        if (HasDate(source.published())) PutDays(source.published());
        if (!source.publisher().empty()) PutTarget(term_class::kActor, source.publisher());
        return OkStatus();
      }
      case v1::RecordKind::RELATION: {
        const v1::Relation& relation = record_.relation();
        PutType("RelationType", relation.type(), v1::RelationType::Code_Name(relation.type()));
        for (const std::string& end : {relation.from(), relation.to()}) PutTarget(term_class::kActor, end);
        return OkStatus();
      }
      case v1::RecordKind::ALERT_PERIOD: {
        const v1::AlertPeriod& alert = record_.alert_period();
        if (!alert.declared_by().empty()) PutTarget(term_class::kActor, alert.declared_by());
        for (const std::string& area : alert.area()) DAFTAR_RETURN_IF_ERROR(AddPlace(area, false));
        return OkStatus();
      }
      default:
        return OkStatus();
    }
  }

  // The place, what it lies in, its country; its point, if the account gives none.
  Status AddPlace(std::string id, bool has_point) {
    has_place_ = true;
    for (int depth = 0; depth < kMostPlaces && id.size() == Uuid::kSize; ++depth) {
      Put(term_class::kPlace, id);
      if (outline_ && depth == 0) Put(term_class::kRef, id);
      std::optional<Record> found;
      if (id == record_.id().bytes()) {
        found = record_;
      } else {
        DAFTAR_ASSIGN_OR_RETURN(found, lookup_(*Uuid::FromBytes(id)));
      }
      if (!found || found->kind() != v1::RecordKind::PLACE) return OkStatus();
      const v1::Place& place = found->place();
      if (place.kind() == v1::PlaceKind::ADM1) Put(term_class::kProvince, id);
      if (!place.country().empty()) Put(term_class::kCountry, place.country());
      if (depth == 0 && !has_point && place.has_point()) PutPoint(place.point());
      id = place.parent();
    }
    return OkStatus();
  }

  void AddTolls(Metric metric, const char* has, const google::protobuf::RepeatedPtrField<v1::Toll>& tolls) {
    float low = 0, high = 0;
    bool counted = false;
    for (const v1::Toll& toll : tolls) {
      if (toll.bound() == v1::Bound::NOT_GIVEN || !(toll.has_low() || toll.has_best() || toll.has_high())) continue;
      const double best = toll.has_best() ? toll.best() : toll.has_low() ? toll.low() : toll.high();
      double least = toll.has_low() ? toll.low() : best, most = toll.has_high() ? toll.high() : best;
      if (toll.bound() == v1::Bound::AT_LEAST && !toll.has_high()) most = kNoLimit;
      if (toll.bound() == v1::Bound::AT_MOST && !toll.has_low()) least = 0;
      counted = true;
      low += static_cast<float>(least);
      high = static_cast<float>(std::min<double>(kNoLimit, high + most));
    }
    if (tolls.size() > 0) Put(term_class::kHas, has);
    if (counted) PutNumber(metric, low, high);
  }

  Status AddAccount(const v1::Account& account) {
    if (!account.source().empty()) PutTarget(term_class::kSource, account.source());
    for (const v1::Role& role : account.role()) PutTarget(term_class::kActor, role.actor());
    if (account.tlp() != v1::Tlp::UNSET) Put(term_class::kMarking, v1::Tlp::Code_Name(account.tlp()));
    if (account.has_point()) PutPoint(account.point());
    if (!account.place().empty()) DAFTAR_RETURN_IF_ERROR(AddPlace(account.place(), account.has_point()));
    // What an account denies did not happen, on that day or at all.
    if (Denies(account)) return OkStatus();
    if (account.has_date() && HasDate(account.date())) PutDays(account.date());
    if (account.period().has_from() && HasDate(account.period().from())) {
      v1::FuzzyDate days = account.period().from();
      const v1::FuzzyDate& to = account.period().to();
      if (HasDate(to)) days.set_last_day(std::max(days.last_day(), to.last_day()));
      PutDays(days);
    }
    AddTolls(Metric::kKilled, "killed", account.killed());
    AddTolls(Metric::kWounded, "wounded", account.wounded());
    AddTolls(Metric::kCaptured, "captured", account.captured());
    AddTolls(Metric::kMissing, "missing", account.missing());
    if (account.seized_size() > 0) Put(term_class::kHas, "seized");
    return OkStatus();
  }

  // Reliability of the source and credibility of the account: "B2".
  Status AddGrade(const v1::Account& account) {
    static constexpr std::string_view kLetters = "FABCDE", kDigits = "612345";
    size_t reliability = 0, credibility = static_cast<size_t>(account.credibility());
    if (std::optional<Uuid> id = Uuid::FromBytes(account.source())) {
      DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> source, lookup_(*id));
      if (source && source->kind() == v1::RecordKind::SOURCE) {
        reliability = static_cast<size_t>(source->source().reliability());
      }
    }
    if (reliability >= kLetters.size() || credibility >= kDigits.size()) return OkStatus();
    const std::string letter(1, kLetters[reliability]), digit(1, kDigits[credibility]);
    for (const std::string& grade : {letter, digit, letter + digit}) Put(term_class::kGrade, grade);
    return OkStatus();
  }

  // What weighing the accounts against each other tells.
  void AddWeighing(const Shown& shown) {
    const bool open =
        std::any_of(shown.values.begin(), shown.values.end(), [](const ShownValue& value) { return value.open(); });
    if (open) Put(term_class::kHas, "conflict");
    PutNumber(Metric::kRoots, static_cast<float>(shown.roots.roots_at_least),
              static_cast<float>(shown.roots.roots_at_most));
    const float accounts = static_cast<float>(record_.accounts().size());
    PutNumber(Metric::kAccounts, accounts, accounts);
    if (has_date_) Put(term_class::kHas, "date");
    if (has_place_) Put(term_class::kHas, "place");
    if (!doc_.points.empty()) Put(term_class::kHas, "point");
  }

  const Record& record_;
  const RecordLookup& lookup_;
  IndexDoc doc_;
  bool outline_ = false, has_date_ = false, has_place_ = false;
};

}  // namespace

StatusOr<IndexDoc> DocOf(Rid rid, const Record& record, const RecordLookup& lookup) {
  return DocMaker(rid, record, lookup).Make();
}

StatusOr<IndexDoc> OutlineOf(Rid rid, const Record& record, const RecordLookup& lookup) {
  return DocMaker(rid, record, lookup).MakeOutline();
}

bool OthersDependOn(Kind kind) { return kind == v1::RecordKind::PLACE || kind == v1::RecordKind::SOURCE; }

}  // namespace daftar::search
