// What completes a field: see open_form.h.
#include <cmath>

#include "client/forms/open_form.h"
#include "client/forms/read_text.h"
#include "client/language/language.h"
#include "client/language/say.h"
#include "client/model/gazetteer.h"
#include "client/model/search_model.h"
#include "daftar/v1/records.pb.h"
#include "storage/authoring/spoken_point.h"
#include "storage/model/record.h"
#include "storage/view/read_view.h"

namespace daftar::forms {
namespace {

// A town is known to the second decimal or better; more would say more than is so.
constexpr double kSteps = 10'000, kStepE7 = 1000;

int32_t Rounded(double degrees) { return static_cast<int32_t>(std::lround(degrees * kSteps) * kStepE7); }

// Known places and towns of that name; the text of the point is their ID, which is what the field takes.
StatusOr<std::vector<PageLink>> PointsFor(const ReadView& view, const std::string& typed, size_t limit) {
  std::vector<PageLink> points;
  if (ReadPoint(typed).ok()) return points;
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<PageLink> places, Suggest(view, "place", typed, limit));
  for (const PageLink& place : places) {
    DAFTAR_ASSIGN_OR_RETURN(const Uuid id, view.Resolve(place.id));
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, view.Get(id));
    const auto* message = record ? dynamic_cast<const v1::Place*>(&record->message()) : nullptr;
    if (message == nullptr || !message->has_point()) continue;
    points.push_back({place.text, place.address, WritePoint({message->point().lat_e7(), message->point().lon_e7()})});
  }
  for (const Town& town : FindTowns(typed, LanguageCode(CurrentLanguage()), limit)) {
    if (points.size() == limit) break;
    const std::string words =
        town.inside.empty() ? town.name : Say("form.town", {{"town", town.name}, {"inside", town.inside}});
    points.push_back({words, "", WritePoint({Rounded(town.at.latitude), Rounded(town.at.longitude)})});
  }
  return points;
}

}  // namespace

StatusOr<std::vector<PageLink>> Suggestions(const ReadView& view, const Field& field, size_t limit) {
  const std::string typed = Tidy(field.text);
  if (typed.empty()) return std::vector<PageLink>();
  if (field.spec->type == FieldType::kPoint) return PointsFor(view, typed, limit);
  if (field.spec->type != FieldType::kReference) return std::vector<PageLink>();
  const std::string kind = field.spec->refers.size() == 1 ? field.spec->refers.front() : "";
  return Suggest(view, kind, typed, limit);
}

}  // namespace daftar::forms
