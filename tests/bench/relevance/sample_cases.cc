#include "tests/bench/relevance/cases.h"

namespace daftar::bench {
namespace {

struct ByHand {
  const char* group;
  const char* query;
  const char* plain;  // nullptr: as the query
  const char* answer;
};

constexpr ByHand kByHand[] = {
    // Names as printed.
    {"name", "Jamaat Ansarullah", nullptr, "JA"},
    {"name", "Taliban", nullptr, "Taliban"},
    {"name", "Tehreek-e-Taliban Pakistan", nullptr, "TTP"},
    {"name", "ISKP", nullptr, "ISKP"},
    {"name", "al-Qaeda", nullptr, "AlQaeda"},
    {"name", "Jaish al Adl", nullptr, "JaishAlAdl"},
    {"name", "State Committee for National Security", nullptr, "TJ-SSC"},
    {"name", "Emomali Rahmon", nullptr, "Rahmon"},
    {"name", "Kaflotun", nullptr, "Kaflotun"},
    {"name", "Gorno-Badakhshan Autonomous Region", nullptr, "GBAO"},
    {"name", "Dashti Yazgulyam", nullptr, "DashtiYazgulyam"},
    {"name", "Pamirs", nullptr, "Pamir"},
    {"name", "AKIPress", nullptr, "AKIPress"},
    {"name", "Tajik Taliban", nullptr, "JA"},
    {"name", "CSTO", nullptr, "CSTO"},
    // The same in other scripts and spellings.
    {"other script", "Ansarullah", nullptr, "JA"},
    {"other script", "Ансоруллоҳ", nullptr, "JA"},
    {"other script", "انصارالله", nullptr, "JA"},
    {"other script", "Ансарулло", nullptr, "JA"},
    {"other script", "انصار الله", nullptr, "JA"},
    {"other script", "Толибон", nullptr, "Taliban"},
    {"other script", "Талибан", nullptr, "Taliban"},
    {"other script", "طالبان", nullptr, "Taliban"},
    {"other script", "Эмомали Рахмон", nullptr, "Rahmon"},
    {"other script", "Эмомалӣ Раҳмон", nullptr, "Rahmon"},
    {"other script", "امامعلی رحمان", nullptr, "Rahmon"},
    {"other script", "Emomalii Rahmon", nullptr, "Rahmon"},
    {"other script", "Латиф Педрам", nullptr, "Pedram"},
    {"other script", "لطیف پدرام", nullptr, "Pedram"},
    {"other script", "Хаваджа Асиф", nullptr, "Asif"},
    {"other script", "Ҳамадонӣ", nullptr, "Khamadoni"},
    {"other script", "Хамадони", nullptr, "Khamadoni"},
    {"other script", "Дарваз", nullptr, "Darvoz"},
    {"other script", "درواز", nullptr, "Darvoz"},
    {"other script", "Вардудж", nullptr, "Warduj"},
    {"other script", "Ванч", nullptr, "Vanj"},
    {"other script", "Маймай", nullptr, "Maymay"},
    {"other script", "Кафлотун", nullptr, "Kaflotun"},
    {"other script", "Равалпинди", nullptr, "Rawalpindi"},
    {"other script", "کیوران", nullptr, "Kevron"},
    {"other script", "Аль-Каида", nullptr, "AlQaeda"},
    {"other script", "القاعدة", nullptr, "AlQaeda"},
    {"other script", "داعش", nullptr, "IS"},
    {"other script", "Абдулло Абдулло", nullptr, "Abdullah"},
    {"other script", "عبدالله عبدالله", nullptr, "Abdullah"},
    {"other script", "Иброхим Раиси", nullptr, "Raisi"},
    {"other script", "Ebrahim Raisi", nullptr, "Raisi"},
    // Typing errors: one from four letters, two from eight.
    {"one error", "Anasrullah", nullptr, "JA"},
    {"one error", "Ansarulah", nullptr, "JA"},
    {"one error", "Kafltun", nullptr, "Kaflotun"},
    {"one error", "Khamdoni", nullptr, "Khamadoni"},
    {"one error", "Islamabda", nullptr, "Islamabad"},
    {"one error", "Rawalpndi", nullptr, "Rawalpindi"},
    {"one error", "Yazgulyma", nullptr, "DashtiYazgulyam"},
    {"one error", "Khairzda", nullptr, "Khairzada"},
    {"one error", "Muhridddin", nullptr, "Muhriddin"},
    {"one error", "Tabarvo", nullptr, "Tabarov"},
    {"two errors", "Zokirzdoo", nullptr, "Zokirzoda"},
    {"two errors", "Rasulzodda", nullptr, "Rasoulzoda"},
    {"two errors", "Jamestwon Foundatoin", nullptr, "Jamestown"},
    // What happened.
    {"words", "crossing clash Darvoz", nullptr, "I01"},
    {"words", "arms seized after clash Darvoz", nullptr, "I02"},
    {"words", "Vanj crossing", nullptr, "I03"},
    {"words", "Rahmon Raisi meet", nullptr, "I07"},
    {"words", "highest alert September October 2024", nullptr, "A-I17"},
    {"words", "militants arrive Nawabad", nullptr, "I18"},
    {"words", "scouting posts", nullptr, "I19"},
    {"words", "scouting Khamadoni", nullptr, "I20"},
    {"words", "Taliban capture Maymay", nullptr, "I21"},
    {"words", "killings Maymay video", nullptr, "I22"},
    {"words", "citizens recognised list video", nullptr, "I23"},
    {"words", "online summit CIS", nullptr, "I26"},
    {"words", "breakthrough peace talks", nullptr, "I27"},
    {"words", "Kakar American equipment", nullptr, "I14"},
    {"words", "narcotics seizures trend", nullptr, "I06"},
    {"words", "задухӯрд дар Дарвоз", nullptr, "I01"},
    // Side by side.
    {"phrase", "\"call to arms\"", nullptr, "I04"},
    {"phrase", "\"spoiled its relations\"", nullptr, "I12"},
    {"phrase", "\"the north of Takhar\"", nullptr, "I18"},
    {"phrase", "\"fell into militants' hands\"", nullptr, "I14"},
    {"phrase", "\"within days\"", nullptr, "I20"},
    {"phrase", "\"possible incursions by armed groups\"", nullptr, "I09"},
    // Filters.
    {"filter", "type:clash Darvoz", "Darvoz", "I01"},
    {"filter", "type:clash killed:3 place:Darvoz", "clash Darvoz", "I01"},
    {"filter", "type:seizure Darvoz", "Darvoz", "I02"},
    {"filter", "type:reconnaissance Khamadoni", "Khamadoni", "I20"},
    {"filter", "type:meeting Raisi", "Raisi", "I07"},
    {"filter", "kind:incident place:Darvoz date:2023-08-30", "Darvoz", "I01"},
    {"filter", "kind:incident actor:\"Jamaat Ansarullah\" place:Vanj", "Jamaat Ansarullah Vanj", "I03"},
    {"filter", "kind:alert_period 2024 alert", "alert", "A-I17"},
    {"filter", "kind:incident actor:Ансоруллоҳ place:Nawabad", "Nawabad", "I18"},
    {"filter", "kind:place Maymay", "Maymay", "Maymay"},
    {"filter", "kind:incident Taliban date:2021-08", "Taliban", "I28"},
    {"filter", "id:I09", "I09", "I09"},
    {"filter", "sample:S4", "S4", "S4"},
    // Still being typed.
    {"being typed", "ansarul", nullptr, "JA"},
    {"being typed", "jamaat ansa", nullptr, "JA"},
    {"being typed", "kaflo", nullptr, "Kaflotun"},
    {"being typed", "rawalp", nullptr, "Rawalpindi"},
    {"being typed", "taliban capt", nullptr, "I21"},
    {"being typed", "crossing and clash in dar", nullptr, "I01"},
    {"being typed", "ансору", nullptr, "JA"},
    {"being typed", "انصار", nullptr, "JA"},
    {"being typed", "rahmon meets rai", nullptr, "I07"},
    {"being typed", "scouting of the po", nullptr, "I19"},
    {"name", "Collective Security Treaty Organization", nullptr, "CSTO"},
    {"name", "High Council for National Reconciliation", nullptr, "HCNR"},
    {"name", "IS-KP", nullptr, "ISKP"},
    {"name", "Ai-Khanum", nullptr, "AiKhanum"},
    {"name", "Caspian Policy Center", nullptr, "CPC"},
    {"name", "Majlisi Namoyandagon", nullptr, "TJ-LowerHouse"},
    {"other script", "Сироджиддин Мухриддин", nullptr, "Muhriddin"},
    {"other script", "سراج الدین مهرالدین", nullptr, "Muhriddin"},
    {"other script", "Шерали Мирзо", nullptr, "Mirzo"},
    {"other script", "Кохир Расулзода", nullptr, "Rasoulzoda"},
    {"other script", "Махмадтоир Зокирзода", nullptr, "Zokirzoda"},
    {"other script", "Ахтар Мухаммад Хайрзода", nullptr, "Khairzada"},
    {"other script", "Амриддин Табаров", nullptr, "Tabarov"},
    {"other script", "Анворулхак Какар", nullptr, "Kakar"},
    {"other script", "Дашти Язгулом", nullptr, "DashtiYazgulyam"},
    {"other script", "Созмони Милали Муттаҳид", nullptr, "UN"},
    {"other script", "شورای امنیت سازمان ملل متحد", nullptr, "UNSC"},
    {"other script", "Джамаат Ансаруллах", nullptr, "JA"},
    {"other script", "جماعت انصار الله", nullptr, "JA"},
    {"one error", "Jamaat Ansarulla", nullptr, "JA"},
    {"one error", "Nawabda", nullptr, "Nawabad"},
    {"one error", "Wardju", nullptr, "Warduj"},
    {"words", "Tajikistan reinforces Afghan border", nullptr, "I10"},
    {"words", "Russian Tajik exercise", nullptr, "I09"},
    {"words", "Mirzo Asif Rawalpindi", nullptr, "I08"},
    {"words", "troops southern border", nullptr, "I24"},
    {"words", "Abdullah visits Dushanbe", nullptr, "I25"},
    {"words", "pakistan accuses kabul", nullptr, "I15"},
    {"words", "clashes Iran Taliban border", nullptr, "I11"},
    {"filter", "kind:incident place:Dushanbe summit", "summit Dushanbe", "I05"},
    {"filter", "kind:incident actor:TTP type:attack", "TTP", "I12"},
    {"filter", "kind:actor title:Resistance", "Resistance", "Resistance"},
    {"being typed", "chechen figh", nullptr, "ChechenFighters"},
    {"being typed", "killings at may", nullptr, "I22"},
    {"being typed", "дашти яз", nullptr, "DashtiYazgulyam"},
};

}  // namespace

std::vector<Case> SampleCases() {
  std::vector<Case> cases;
  for (const ByHand& own : kByHand) {
    const std::string id = std::string("sample:") + own.answer;
    cases.push_back({own.group, own.query, own.plain == nullptr ? own.query : own.plain, Uuid::FromName(id)});
  }
  return cases;
}

}  // namespace daftar::bench
