#include "tests/normalize/pay_rows.hpp"

using namespace jobfarm::normalize;
using namespace jobfarm::normalize::test;

// Pay as job sites of many countries write it, written for this project from
// the customs in the reference data: what a field says, what a sentence says,
// and money that is not pay.

namespace {

// Right as the display text of a source and after a word of pay in a sentence.
constexpr pay_row anywhere[] = {
    // North America
    {"$120,000 - $150,000 a year", "US", "120000-150000 USD/year"},
    {"$120,000-$150,000/yr", "US", "120000-150000 USD/year"},
    {"$120,000.00/yr - $150,000.00/yr", "US", "120000-150000 USD/year"},
    {"$120K–$150K", "US", "120000-150000 USD/year"},
    {"$120k to $150k per year", "US", "120000-150000 USD/year"},
    {"$120-150k", "US", "120000-150000 USD/year"},
    {"$170-$180K annually", "US", "170000-180000 USD/year"},
    {"120,000 - 150,000 USD per year", "US", "120000-150000 USD/year"},
    {"USD 120,000 - 150,000 per annum", "US", "120000-150000 USD/year"},
    {"USD $120,000 - $150,000", "US", "120000-150000 USD/year"},
    {"$120,000 USD - $150,000 USD", "US", "120000-150000 USD/year"},
    {"120k - 150k usd", "US", "120000-150000 USD/year"},
    {"$25 - $30 an hour", "US", "25-30 USD/hour"},
    {"$25.50/hr", "US", "25.5-25.5 USD/hour"},
    {"$25.50/hr - $31.75/hr", "US", "25.5-31.75 USD/hour"},
    {"$18.50 - $22.75 per hour", "US", "18.5-22.75 USD/hour"},
    {"$500 per day", "US", "500-500 USD/day"},
    {"$1,800 - $2,200 a week", "US", "1800-2200 USD/week"},
    {"$6,000 - $8,000 a month", "US", "6000-8000 USD/month"},
    {"Up to $95,000 a year", "US", "?-95000 USD/year"},
    {"From $95,000 a year", "US", "95000-? USD/year"},
    {"$95,000+ a year", "US", "95000-? USD/year"},
    {"$95,000 and up per year", "US", "95000-? USD/year"},
    {"at least $95,000 per year", "US", "95000-? USD/year"},
    {"no less than $95,000 per year", "US", "95000-? USD/year"},
    {"no more than $95,000 per year", "US", "?-95000 USD/year"},
    {"between $90,000 and $110,000 per year", "US", "90000-110000 USD/year"},
    {"from $90,000 to $110,000 annually", "US", "90000-110000 USD/year"},
    {"$90,000 (minimum) to $110,000 annually", "US", "90000-110000 USD/year"},
    {"Min: $90,000, Max: $110,000 per year", "US", "90000-110000 USD/year"},
    {"$90,000 - $110,000 CAD", "CA", "90000-110000 CAD/year"},
    {"$90,000 - $110,000", "CA", "90000-110000 CAD/year"},
    {"CA$90,000 - CA$110,000", "US", "90000-110000 CAD/year"},
    {"C$90K - C$110K", "", "90000-110000 CAD/year"},
    {"CDN$90,000 per year", "", "90000-90000 CAD/year"},
    {"CAD 45/hour", "CA", "45-45 CAD/hour"},
    {"MXN 40,000 - 55,000 mensuales", "MX", "40000-55000 MXN/month"},
    {"$40,000 - $55,000 al mes", "MX", "40000-55000 MXN/month"},
    // Oceania and Asia with dollars
    {"A$110,000 - A$130,000 + super", "AU", "110000-130000 AUD/year"},
    {"$110,000 - $130,000 plus superannuation", "AU", "110000-130000 AUD/year"},
    {"AUD 800 per day", "AU", "800-800 AUD/day"},
    {"NZ$95,000 - NZ$120,000", "NZ", "95000-120000 NZD/year"},
    {"S$5,000 - S$7,500 per month", "SG", "5000-7500 SGD/month"},
    {"$5,000 - $7,500 monthly", "SG", "5000-7500 SGD/month"},
    {"SGD 5,000 to 7,500", "SG", "5000-7500 SGD/month"},
    {"HK$35,000 - HK$45,000 per month", "HK", "35000-45000 HKD/month"},
    {"NT$60,000 - NT$90,000 / month", "TW", "60000-90000 TWD/month"},
    // United Kingdom and Ireland
    {"£45,000 - £55,000 per annum", "GB", "45000-55000 GBP/year"},
    {"£45k-£55k", "GB", "45000-55000 GBP/year"},
    {"£45-55k pa", "GB", "45000-55000 GBP/year"},
    {"£45,000 p.a.", "GB", "45000-45000 GBP/year"},
    {"Up to £55,000 + bonus", "GB", "?-55000 GBP/year"},
    {"£12.60 per hour", "GB", "12.6-12.6 GBP/hour"},
    {"£450 - £500 per day", "GB", "450-500 GBP/day"},
    {"£500/day", "GB", "500-500 GBP/day"},
    {"GBP 45,000–55,000", "GB", "45000-55000 GBP/year"},
    {"€60,000 to €70,000 per annum", "IE", "60000-70000 EUR/year"},
    // Euro area
    {"60.000 € - 75.000 € pro Jahr", "DE", "60000-75000 EUR/year"},
    {"60.000 – 75.000 EUR brutto/Jahr", "DE", "60000-75000 EUR/year"},
    {"60.000€ bis 75.000€ jährlich", "DE", "60000-75000 EUR/year"},
    {"ab 60.000 € im Jahr", "DE", "60000-? EUR/year"},
    {"bis zu 75.000 € Jahresgehalt", "DE", "?-75000 EUR/year"},
    {"60-75 T€", "DE", "60000-75000 EUR/year"},
    {"60-75k €", "DE", "60000-75000 EUR/year"},
    {"€60K–€75K", "DE", "60000-75000 EUR/year"},
    {"3.500 € - 4.200 € brutto im Monat", "DE", "3500-4200 EUR/month"},
    {"3.500,00 € brutto monatlich", "DE", "3500-3500 EUR/month"},
    {"17,50 € pro Stunde", "DE", "17.5-17.5 EUR/hour"},
    {"mindestens 3.200 EUR brutto pro Monat", "AT", "3200-? EUR/month"},
    {"45 000 € - 55 000 € par an", "FR", "45000-55000 EUR/year"},
    {"45-55 k€ brut annuel", "FR", "45000-55000 EUR/year"},
    {"45/50K€", "FR", "45000-50000 EUR/year"},
    {"45K€ - 55K€", "FR", "45000-55000 EUR/year"},
    {"entre 45 000 et 55 000 euros par an", "FR", "45000-55000 EUR/year"},
    {"De 45 000 € à 55 000 € brut annuel", "FR", "45000-55000 EUR/year"},
    {"à partir de 2 500 € brut par mois", "FR", "2500-? EUR/month"},
    {"jusqu'à 3 000 € par mois", "FR", "?-3000 EUR/month"},
    {"12,50 € de l'heure", "FR", "12.5-12.5 EUR/hour"},
    {"450 € / jour", "FR", "450-450 EUR/day"},
    {"30.000 € - 40.000 € brutos al año", "ES", "30000-40000 EUR/year"},
    {"30.000€-40.000€ Bruto/año", "ES", "30000-40000 EUR/year"},
    {"desde 30.000 € anuales", "ES", "30000-? EUR/year"},
    {"hasta 40.000 € brutos anuales", "ES", "?-40000 EUR/year"},
    {"1.800 € al mes", "ES", "1800-1800 EUR/month"},
    {"35.000 € - 45.000 € lordi annui", "IT", "35000-45000 EUR/year"},
    {"RAL 35.000 - 45.000 €", "IT", "35000-45000 EUR/year"},
    {"1.600 € lordi al mese", "IT", "1600-1600 EUR/month"},
    {"€ 3.500 - € 4.800 bruto per maand", "NL", "3500-4800 EUR/month"},
    {"€3.500,- tot €4.800,- per maand", "NL", "3500-4800 EUR/month"},
    {"tussen € 50.000 en € 65.000 per jaar", "NL", "50000-65000 EUR/year"},
    {"€ 16,50 per uur", "NL", "16.5-16.5 EUR/hour"},
    {"1.500 € por mês", "PT", "1500-1500 EUR/month"},
    {"3 500 – 4 200 € kuukaudessa", "FI", "3500-4200 EUR/month"},
    // Switzerland and the North
    {"CHF 110'000 - 130'000 pro Jahr", "CH", "110000-130000 CHF/year"},
    {"CHF 110’000.– bis 130’000.–", "CH", "110000-130000 CHF/year"},
    {"Fr. 8'500 pro Monat", "CH", "8500-8500 CHF/month"},
    {"45 000 - 55 000 SEK per månad", "SE", "45000-55000 SEK/month"},
    {"45 000 kr/mån", "SE", "45000-45000 SEK/month"},
    {"kr 650 000 - 750 000 per år", "NO", "650000-750000 NOK/year"},
    {"NOK 650 000 – 750 000", "NO", "650000-750000 NOK/year"},
    {"45.000 kr. pr. måned", "DK", "45000-45000 DKK/month"},
    {"DKK 45.000 - 55.000 per month", "DK", "45000-55000 DKK/month"},
    // Central and Eastern Europe
    {"15 000 - 20 000 zł brutto / mies.", "PL", "15000-20000 PLN/month"},
    {"15 000–20 000 PLN", "PL", "15000-20000 PLN/month"},
    {"15-20 tys. zł brutto", "PL", "15000-20000 PLN/month"},
    {"120 - 150 zł/h", "PL", "120-150 PLN/hour"},
    {"120-150 PLN netto + VAT / h (B2B)", "PL", "120-150 PLN/hour"},
    {"od 15 000 zł brutto miesięcznie", "PL", "15000-? PLN/month"},
    {"60 000 - 80 000 Kč / měsíc", "CZ", "60000-80000 CZK/month"},
    {"60.000 Kč – 80.000 Kč měsíčně", "CZ", "60000-80000 CZK/month"},
    {"od 2 000 EUR/mesiac", "SK", "2000-? EUR/month"},
    {"800 000 - 1 000 000 Ft / hó", "HU", "800000-1000000 HUF/month"},
    {"bruttó 800.000 Ft havonta", "HU", "800000-800000 HUF/month"},
    {"5.000 - 7.000 lei brut / lună", "RO", "5000-7000 RON/month"},
    {"5 000 - 7 000 RON", "RO", "5000-7000 RON/month"},
    {"от 150 000 до 200 000 руб. до вычета налогов", "RU",
     "150000-200000 RUB/month"},
    {"от 150 000 ₽ в месяц", "RU", "150000-? RUB/month"},
    {"до 200 тыс. руб.", "RU", "?-200000 RUB/month"},
    {"40 000 – 60 000 грн", "UA", "40000-60000 UAH/month"},
    {"₺60.000 - ₺80.000 aylık", "TR", "60000-80000 TRY/month"},
    // Middle East and Africa
    {"AED 20,000 - 25,000 per month", "AE", "20000-25000 AED/month"},
    {"20,000 AED", "AE", "20000-20000 AED/month"},
    {"SAR 15,000 monthly", "SA", "15000-15000 SAR/month"},
    {"₪25,000 - ₪30,000", "IL", "25000-30000 ILS/month"},
    {"R45 000 - R55 000 per month", "ZA", "45000-55000 ZAR/month"},
    {"R650,000 - R800,000 per annum", "ZA", "650000-800000 ZAR/year"},
    {"ZAR 45,000 pm", "ZA", "45000-45000 ZAR/month"},
    {"₦300,000 - ₦450,000 monthly", "NG", "300000-450000 NGN/month"},
    {"KES 150,000 per month", "KE", "150000-150000 KES/month"},
    {"EGP 25,000 - 35,000 Monthly", "EG", "25000-35000 EGP/month"},
    // South Asia
    {"₹12,00,000 - ₹18,00,000 a year", "IN", "1200000-1800000 INR/year"},
    {"12-18 LPA", "IN", "1200000-1800000 INR/year"},
    {"₹12 LPA - ₹18 LPA", "IN", "1200000-1800000 INR/year"},
    {"INR 12 - 18 lakhs per annum", "IN", "1200000-1800000 INR/year"},
    {"12-18 Lacs P.A.", "IN", "1200000-1800000 INR/year"},
    {"₹12L - ₹18L", "IN", "1200000-1800000 INR/year"},
    {"₹1.2 Cr per annum", "IN", "12000000-12000000 INR/year"},
    {"₹50,000 - ₹70,000 a month", "IN", "50000-70000 INR/month"},
    {"Rs. 80,000 - Rs. 120,000 per month", "PK", "80000-120000 PKR/month"},
    {"Rs 150,000 monthly", "LK", "150000-150000 LKR/month"},
    // East and Southeast Asia
    {"年収500万円〜800万円", "JP", "5000000-8000000 JPY/year"},
    {"年収 500万円 ～ 800万円", "JP", "5000000-8000000 JPY/year"},
    {"月給30万円〜", "JP", "300000-? JPY/month"},
    {"月給300,000円～450,000円", "JP", "300000-450000 JPY/month"},
    {"時給1,200円", "JP", "1200-1200 JPY/hour"},
    {"¥6,000,000 - ¥9,000,000 a year", "JP", "6000000-9000000 JPY/year"},
    {"年薪30-50万元", "CN", "300000-500000 CNY/year"},
    {"月薪 15000-25000 元", "CN", "15000-25000 CNY/month"},
    {"15-25K·14薪", "CN", "15000-25000 CNY/month"},
    {"1.5-2万/月", "CN", "15000-20000 CNY/month"},
    {"연봉 4,000만원 ~ 6,000만원", "KR", "40000000-60000000 KRW/year"},
    {"월급 250만원", "KR", "2500000-2500000 KRW/month"},
    {"시급 10,500원", "KR", "10500-10500 KRW/hour"},
    {"RM 5,000 - RM 7,000 per month", "MY", "5000-7000 MYR/month"},
    {"MYR5,000 - MYR7,000 monthly", "MY", "5000-7000 MYR/month"},
    {"฿50,000 - ฿70,000 a month", "TH", "50000-70000 THB/month"},
    {"20.000.000 - 30.000.000 ₫ một tháng", "VN",
     "20000000-30000000 VND/month"},
    {"20 - 30 triệu VND", "VN", "20000000-30000000 VND/month"},
    {"₱40,000 - ₱60,000 a month", "PH", "40000-60000 PHP/month"},
    {"PHP 40,000 – 60,000", "PH", "40000-60000 PHP/month"},
    {"Rp 10.000.000 – Rp 15.000.000 per bulan", "ID",
     "10000000-15000000 IDR/month"},
    // Latin America
    {"R$ 8.000,00 - R$ 12.000,00 por mês", "BR", "8000-12000 BRL/month"},
    {"R$ 10 mil", "BR", "10000-10000 BRL/month"},
    {"$ 3.000.000 - $ 4.000.000 COP mensuales", "CO",
     "3000000-4000000 COP/month"},
    {"CLP 1.500.000 mensual", "CL", "1500000-1500000 CLP/month"},
    {"S/ 5,000 PEN mensual", "PE", "5000-5000 PEN/month"},
};

} // namespace

TEST_CASE("pay is read as sites of many countries display it") {
  for (const auto& row : anywhere)
    check_field(row);
}

TEST_CASE("pay is read in a sentence as in a field") {
  for (const auto& row : anywhere) {
    auto sentence =
        "We are 120 people in 8 offices.\n\nSalary: " + std::string{row.text}
        + "\n\nYou have 5 years of experience since 2019.";
    check_text({sentence.c_str(), row.country, row.expected});
  }
}

TEST_CASE("fields without pay give none") {
  for (auto text :
       {"Competitive", "", "DOE", "Negotiable", "N/A", "Attractive package",
        "Estimated $80K - $100K a year", "$80K - $100K (Glassdoor est.)",
        "2024", "Full-time", "5 days", "0", "$0", "Nach Vereinbarung", "面议",
        "TBD 2025", "+ equity 0.1% - 0.5%", "100% remote"})
    check_field({text, "US", "none"});
}
