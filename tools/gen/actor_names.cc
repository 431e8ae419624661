#include "tools/gen/actor_names.h"

#include <span>

#include "tools/gen/utf8.h"

namespace daftar::gen {
namespace {

// By language: what stands before the name.
struct Title {
  const char* by_language[kLanguages];
};

constexpr Title kArmedGroups[] = {{{"Front", "Фронт", "Ҷабҳаи", "جبهه"}},
                                  {{"Brigade", "Бригада", "Бригадаи", "لوای"}},
                                  {{"Army", "Армия", "Лашкари", "لشکر"}},
                                  {{"Jamaat", "Джамаат", "Ҷамоати", "جماعت"}},
                                  {{"Network", "Сеть", "Шабакаи", "شبکه"}}};
constexpr Title kForces[] = {
    {{"Border Detachment", "Пограничный отряд", "Дастаи сарҳадии", "قطعه سرحدی"}},
    {{"Police Department", "Отдел милиции", "Шуъбаи милитсияи", "قوماندانی پولیس"}},
    {{"Rapid Reaction Battalion", "Батальон быстрого реагирования", "Батальони фаврии", "کندک واکنش سریع"}}};
constexpr Title kBodies[] = {{{"Committee", "Комитет", "Кумитаи", "کمیته"}},
                             {{"Directorate", "Управление", "Раёсати", "ریاست"}}};
constexpr Title kMedia[] = {{{"News Agency", "Агентство", "Хабаргузории", "خبرگزاری"}},
                            {{"Radio", "Радио", "Радиои", "رادیو"}},
                            {{"Gazette", "Газета", "Рӯзномаи", "روزنامه"}}};
constexpr Title kThinkTanks[] = {{{"Institute", "Институт", "Институти", "انستیتوت"}}};
constexpr Title kMovements[] = {{{"Movement", "Движение", "Ҷунбиши", "جنبش"}}, {{"Party", "Партия", "Ҳизби", "حزب"}}};
constexpr Title kPopulations[] = {{{"Tribe", "Племя", "Қабилаи", "قبیله"}}};
constexpr Title kOffices[] = {{{"Head of", "Глава района", "Раиси", "رییس"}}};
constexpr Title kIgos[] = {
    {{"Cooperation Organisation", "Организация сотрудничества", "Созмони ҳамкории", "سازمان همکاری"}}};

std::span<const Title> TitlesOf(v1::ActorClass::Code of) {
  switch (of) {
    case v1::ActorClass::ARMED_GROUP:
      return kArmedGroups;
    case v1::ActorClass::SECURITY_FORCE:
      return kForces;
    case v1::ActorClass::STATE_BODY:
      return kBodies;
    case v1::ActorClass::MEDIA:
      return kMedia;
    case v1::ActorClass::THINK_TANK:
      return kThinkTanks;
    case v1::ActorClass::POLITICAL_MOVEMENT:
      return kMovements;
    case v1::ActorClass::POPULATION:
      return kPopulations;
    case v1::ActorClass::OFFICE:
      return kOffices;
    case v1::ActorClass::IGO:
      return kIgos;
    default:
      return {};
  }
}

}  // namespace

v1::ActorClass::Code ClassOfOtherActor(uint64_t percent) {
  struct Share {
    uint64_t upto;
    v1::ActorClass::Code of;
  };
  static constexpr Share kShares[] = {{36, v1::ActorClass::PERSON},         {64, v1::ActorClass::ARMED_GROUP},
                                      {76, v1::ActorClass::SECURITY_FORCE}, {84, v1::ActorClass::STATE_BODY},
                                      {88, v1::ActorClass::POPULATION},     {92, v1::ActorClass::POLITICAL_MOVEMENT},
                                      {97, v1::ActorClass::OFFICE},         {99, v1::ActorClass::THINK_TANK}};
  for (const Share& share : kShares) {
    if (percent < share.upto) return share.of;
  }
  return v1::ActorClass::IGO;
}

std::string FullActorName(v1::ActorClass::Code of, uint64_t number, const std::string& name, Language language) {
  const std::span<const Title> titles = TitlesOf(of);
  if (titles.empty()) return name;
  return std::string(titles[number % titles.size()].by_language[static_cast<int>(language)]) + " " + name;
}

std::string AcronymOf(const std::string& full_english_name) {
  std::string acronym;
  ForEachPiece(full_english_name, " ", [&](std::string_view word) { acronym += word[0]; });
  return acronym.size() < 2 ? "" : acronym;
}

}  // namespace daftar::gen
