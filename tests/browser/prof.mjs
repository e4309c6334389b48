import { chromium } from "@playwright/test";
import { readFileSync } from "node:fs";
const a = JSON.parse(readFileSync("/tmp/sp/data/demo-accounts.json")).find(x=>x.role==="salesperson");
const extra = process.argv.slice(2);
const b = await chromium.launch({executablePath:"/usr/bin/chromium",args:["--no-sandbox","--disable-quic","--no-first-run","--disable-background-networking","--disable-component-update","--disable-sync",...extra]});
const url="http://127.0.0.1:9321";
let cookies;
for (let i=0;i<5;i++){
  const t0=Date.now();
  const c = await b.newContext({locale:"ja-JP",timezoneId:"Asia/Tokyo",hasTouch:true,viewport:{width:1180,height:820},baseURL:url,serviceWorkers:"block"});
  if(!cookies){ const r=await c.request.post(url+"/api/v1/auth/login",{headers:{origin:url,"x-noren":"1"},data:{mail:a.mail,password:a.password}}); cookies=await c.cookies(); } else await c.addCookies(cookies);
  const t1=Date.now();
  const p = await c.newPage(); const t2=Date.now();
  await p.goto("/leads"); const t3=Date.now();
  await p.locator(".rows a, main a[href^='/leads/']").first().waitFor(); const t4=Date.now();
  const nav = await p.evaluate(()=>{const e=performance.getEntriesByType("resource").map(r=>[r.name.replace(/^.*9321/,"").slice(0,40),Math.round(r.startTime),Math.round(r.responseEnd)]); return e;});
  cookies=await c.cookies();
  const t5=Date.now();
  await c.close(); const t6=Date.now();
  console.log({ctx:t1-t0,page:t2-t1,goto:t3-t2,rows:t4-t3,close:t6-t5});
  if(i==4) console.log(nav.map(x=>x.join(" ")).join("\n"));
}
await b.close();
