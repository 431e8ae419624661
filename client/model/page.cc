#include "client/model/page.h"

#include "client/language/lists.h"
#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/page_parts.h"
#include "client/model/rows.h"
#include "client/model/words.h"
#include "storage/model/review.h"

namespace daftar {
namespace {

void AddCoding(Page& page, std::string scheme, int code, const std::string& constant) {
  if (code != 0) page.codings.push_back({std::move(scheme), SayCode(constant), constant});
}

void FillCodings(const Record& record, Page& page) {
  if (record.kind() == v1::RecordKind::INCIDENT) {
    const v1::Incident& incident = record.incident();
    AddCoding(page, "ACLED", incident.acled(), v1::AcledSub::Code_Name(incident.acled()));
    AddCoding(page, "UCDP", incident.ucdp(), v1::UcdpType::Code_Name(incident.ucdp()));
    AddCoding(page, "GTD", incident.gtd(), v1::GtdAttack::Code_Name(incident.gtd()));
    for (const v1::Plover& plover : incident.plover()) {
      AddCoding(page, "PLOVER", plover.event(), v1::PloverEvent::Code_Name(plover.event()));
      if (!plover.mode().empty() && plover.event() != 0) {
        Coding& coding = page.codings.back();
        coding.words = Say("page.coding_mode", {{"words", coding.words}, {"mode", plover.mode()}});
      }
    }
  }
  page.kind_words = SortWords(record);
  page.subtitle = page.kind_words;
  for (const Coding& coding : page.codings) {
    page.subtitle += " · " + Say("page.coding", {{"scheme", coding.scheme}, {"words", coding.words}});
  }
}

std::string NoteOf(const v1::Name& name) {
  std::vector<std::string> notes;
  if (name.kind() != v1::NameKind::PREFERRED) notes.push_back(SayCode(v1::NameKind::Code_Name(name.kind())));
  if (name.by_editor()) notes.push_back(Say("page.by_editor"));
  return SayList(notes, Joint::kComma);
}

void FillNames(const Record& record, Page& page) {
  for (const v1::Name& name : record.names()) {
    if (name.text() != page.title) page.names.push_back({name.text(), name.lang(), name.script(), NoteOf(name)});
  }
}

void FillPoint(const Record& record, const Shown& shown, Page& page) {
  const v1::GeoPoint* point = nullptr;
  if (record.kind() == v1::RecordKind::PLACE && record.place().has_point()) point = &record.place().point();
  if (const ShownValue* value = shown.find(v1::Attribute::POINT)) {
    if (const v1::Account* account = FindAccount(record, value->account)) point = &account->point();
  }
  if (point == nullptr) return;
  page.point = Point{point->lat_e7() * 1e-7, point->lon_e7() * 1e-7, static_cast<double>(point->radius_m()), ""};
  if (point->precision() != v1::GeoPrecision::UNSET) {
    page.point->precision = SayCode(v1::GeoPrecision::Code_Name(point->precision()));
  }
}

// What every kind has beside its facts.
void FillFrame(const Record& record, Names& names, Page& page) {
  page.id = record.id().ToString();
  page.kind = KindWord(record.kind());
  page.address = RecordAddress(page.kind, page.id);
  page.display_id = DisplayId(record);
  page.title = names.Title(record);
  FillCodings(record, page);
  FillNames(record, page);

  Happening happening = HappeningOf(record);
  page.happened = happening.happened;
  page.happened_words = happening.words;
  page.pending = record.pending();
  page.stub = record.stub();
  if (const v1::Retirement* retirement = record.retirement()) {
    page.retired = true;
    page.retirement = Say("page.retired", {{"reason", retirement->reason()}});
    page.replaced_by = names.LinkTo(retirement->replaced_by());
  }
  for (const v1::Tag& tag : record.tags()) page.tags.push_back(tag.text());
  for (const v1::External& external : record.externals()) {
    page.externals.push_back({external.system() + ":" + external.id(), external.url()});
  }
  page.notes = record.notes();
  page.marking = MarkingWords(record.tlp());
  page.review_code = v1::ReviewState::Code_Name(ReviewOf(record.message()));
  page.review = SayCode(page.review_code);
}

}  // namespace

StatusOr<Page> BuildPage(const ReadView& view, std::string_view id, const PageOptions& options) {
  DAFTAR_ASSIGN_OR_RETURN(Uuid uuid, view.Resolve(id));
  Names names(view, options.language);
  const Record* record = names.Find(uuid);
  if (!names.status().ok()) return names.status();
  if (record == nullptr) return NotFound(Say("page.no_record", {{"id", id}}));

  Page page;
  FillFrame(*record, names, page);
  DAFTAR_ASSIGN_OR_RETURN(Shown shown, ComputeShown(*record, names.Lookup()));
  DAFTAR_ASSIGN_OR_RETURN(std::vector<HistoryStep> history, view.History(uuid));
  if (options.as_of) {
    DAFTAR_ASSIGN_OR_RETURN(page.status, StatusAsOf(view, *record, *options.as_of));
  }
  PageWork work{*record, options, names, std::move(shown), std::move(history), page};
  FillPoint(*record, work.shown, page);
  FillAccounts(work);
  FillDisagreements(work);
  FillSources(work);
  FillFacts(work);
  FillRelated(work);
  const DuplicateOptions duplicates{options.duplicates_limit, options.stop};
  DAFTAR_ASSIGN_OR_RETURN(page.duplicates, FindDuplicates(*record, duplicates, names));
  FillFigures(work);
  FillHistory(work);
  FillReview(work);
  if (!names.status().ok()) return names.status();
  return page;
}

}  // namespace daftar
