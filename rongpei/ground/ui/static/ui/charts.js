// One place where every chart is drawn: pages only carry data (JSON) and a label, so a strict CSP holds.
const INK = '#23201d', INK2 = '#615b54', LINE = '#f1eeea';
const SERIES = ['#3e5c76', '#4e7d6b', '#c2952f', '#a8201a', '#8d8379', '#6d4c6f'];
const FONT = getComputedStyle(document.body).fontFamily;

const base = d => ({
  animation: false,
  textStyle: { fontFamily: FONT, color: INK },
  aria: { enabled: false }, // the page's own sentence is the label; the drawn one would replace it
  color: d.colors || SERIES,
  tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'shadow' } },
  legend: d.legend ? { top: 0, right: 0, itemWidth: 10, itemHeight: 10, itemGap: 16, icon: 'roundRect', textStyle: { color: INK2, fontSize: 12 } } : undefined,
  grid: { left: d.left ?? 4, right: d.right ?? 12, top: d.legend ? 36 : 24, bottom: 4, containLabel: true },
});
const cat = data => ({ type: 'category', data, axisTick: { show: false }, axisLine: { lineStyle: { color: '#d9d2ca' } }, axisLabel: { color: INK2, fontSize: 12, interval: 0, hideOverlap: true } });
const val = d => ({ type: 'value', max: d.max, min: d.min, name: d.unit, nameTextStyle: { color: INK2, fontSize: 12, align: 'left' }, splitNumber: 3, splitLine: { show: !d.noaxis, lineStyle: { color: LINE } }, axisLabel: { show: !d.noaxis, color: INK2, fontSize: 12 } });

const kinds = {
  column: d => ({ ...base(d), xAxis: cat(d.x), yAxis: val(d), series: d.series.map((s, i) => ({
    type: 'bar', name: s.name, data: s.data, barMaxWidth: 22, stack: d.stack, itemStyle: { borderRadius: d.stack ? 0 : [3, 3, 0, 0] },
    label: { show: d.labels !== false && d.width / (d.x.length * (d.stack ? 1 : d.series.length)) > 20, position: 'top', color: INK, fontSize: 12, formatter: p => p.value === 0 ? '' : p.value + (d.suffix || '') },
    markLine: i === 0 && d.target ? { symbol: 'none', silent: true, lineStyle: { color: '#a8201a', type: 'dashed' }, label: { formatter: d.targetName, color: '#a8201a', fontSize: 12, position: 'insideEndTop' }, data: [{ yAxis: d.target }] } : undefined })) }),
  stacked: d => ({ ...base({ ...d, legend: true }), yAxis: { ...cat(d.x), inverse: true, axisLine: { show: false }, axisLabel: { color: INK, fontSize: 13 } }, xAxis: { ...val(d), axisLabel: { show: false }, splitLine: { show: false } },
    series: d.series.map((s, i) => ({ type: 'bar', stack: 'a', name: s.name, data: s.data, barWidth: 20, label: { show: true, color: s.ink || '#fff', fontSize: 12, formatter: p => p.value < (d.hide || 5) ? '' : p.value } })) }),
  line: d => ({ ...base(d), xAxis: { ...cat(d.x), boundaryGap: false }, yAxis: val(d), grid: { ...base(d).grid, right: 44 }, series: d.series.map(s => ({
    type: 'line', name: s.name, data: s.data, labelLayout: { moveOverlap: 'shiftY' }, symbol: 'circle', symbolSize: 5, lineStyle: { width: 2, type: s.dash ? 'dashed' : 'solid' }, endLabel: { show: true, formatter: p => p.value + (d.suffix || ''), color: INK, fontSize: 12 } })) }),
};
document.querySelectorAll('[data-chart]').forEach(el => {
  const d = JSON.parse(document.getElementById(el.dataset.chart).textContent);
  d.width = el.clientWidth; // numbers that would lie over one another are left to the tooltip and the list
  const chart = echarts.init(el, null, { renderer: 'svg' });
  chart.setOption(kinds[d.kind](d));
  addEventListener('resize', () => chart.resize());
});
